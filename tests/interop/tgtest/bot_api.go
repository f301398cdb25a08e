// SPDX-License-Identifier: MIT OR Apache-2.0

package main

import (
	"encoding/binary"
	"fmt"
	"net"
	"os"
	"sync"
	"time"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"
	"github.com/gotd/td/tgerr"
	"github.com/gotd/td/tgtest"
	"github.com/gotd/td/tgtest/services"
)

const (
	botID       = 777000777
	botToken    = "777000777:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
	botUsername = "echo_bot"
	aliceID     = 42
	aliceHash   = 0x5eed5eed5eed
)

// said is one message that the bot sent.
type said struct {
	text     string
	randomID int64
}

// botAPI answers the calls of one bot and remembers its mailbox.
type botAPI struct {
	address *net.TCPAddr
	traffic *traffic
	echoes  chan said // every new message of the bot, in order

	mutex     sync.Mutex
	loggedIn  map[[8]byte]bool // by auth key
	session   tgtest.Session   // the session that spoke last
	ready     chan struct{}    // closed when the bot asked for its state
	readyOnce sync.Once
	mailbox   []*tg.Message // incoming and outgoing; the pts after a message is its id
	sent      map[int64]int // random_id to message id
}

func newBotAPI(address *net.TCPAddr, seen *traffic) *botAPI {
	return &botAPI{
		address:  address,
		traffic:  seen,
		echoes:   make(chan said, 64),
		loggedIn: map[[8]byte]bool{},
		ready:    make(chan struct{}),
		sent:     map[int64]int{},
	}
}

type handler = func(*tgtest.Server, *tgtest.Request) error

func (a *botAPI) dispatcher() *tgtest.Dispatcher {
	d := tgtest.NewDispatcher()
	d.HandleFunc(tg.HelpGetConfigRequestTypeID, a.open(a.getConfig))
	d.HandleFunc(tg.AuthImportBotAuthorizationRequestTypeID, a.open(a.importBotAuthorization))
	d.HandleFunc(tg.UsersGetUsersRequestTypeID, a.guarded(a.getUsers))
	d.HandleFunc(tg.UpdatesGetStateRequestTypeID, a.guarded(a.getState))
	d.HandleFunc(tg.UpdatesGetDifferenceRequestTypeID, a.guarded(a.getDifference))
	d.HandleFunc(tg.MessagesSendMessageRequestTypeID, a.guarded(a.sendMessage))
	// Whatever else comes, msgs_ack among it, gets rpc_error 400, as gotd's own cluster answers.
	d.Fallback(tgtest.HandlerFunc(a.open(services.NotImplemented)))
	return d
}

// open lets anybody call h.
func (a *botAPI) open(h handler) handler {
	return func(server *tgtest.Server, req *tgtest.Request) error {
		a.mutex.Lock()
		a.session = req.Session
		a.mutex.Unlock()
		return h(server, req)
	}
}

// guarded lets only a bot that has logged in call h.
func (a *botAPI) guarded(h handler) handler {
	return a.open(func(server *tgtest.Server, req *tgtest.Request) error {
		a.mutex.Lock()
		known := a.loggedIn[req.Session.AuthKey.ID]
		a.mutex.Unlock()
		if !known {
			return tgerr.New(401, "AUTH_KEY_UNREGISTERED")
		}
		return h(server, req)
	})
}

func (a *botAPI) getConfig(server *tgtest.Server, req *tgtest.Request) error {
	now := int(time.Now().Unix())
	return server.SendResult(req, &tg.Config{
		Date:    now,
		Expires: now + 3600,
		ThisDC:  req.DC,
		DCOptions: []tg.DCOption{
			{ID: req.DC, IPAddress: a.address.IP.String(), Port: a.address.Port, Static: true},
		},
		DCTxtDomainName:   "localhost",
		MeURLPrefix:       "https://t.me/",
		ChatSizeMax:       200,
		MegagroupSizeMax:  200000,
		ForwardedCountMax: 100,
		MessageLengthMax:  4096,
		CaptionLengthMax:  1024,
	})
}

func (a *botAPI) importBotAuthorization(server *tgtest.Server, req *tgtest.Request) error {
	var call tg.AuthImportBotAuthorizationRequest
	if err := call.Decode(req.Buf); err != nil {
		return err
	}
	if call.BotAuthToken != botToken {
		return tgerr.New(400, "ACCESS_TOKEN_INVALID")
	}
	a.mutex.Lock()
	a.loggedIn[req.Session.AuthKey.ID] = true
	a.mutex.Unlock()
	return server.SendResult(req, &tg.AuthAuthorization{User: bot()})
}

func (a *botAPI) getUsers(server *tgtest.Server, req *tgtest.Request) error {
	var call tg.UsersGetUsersRequest
	if err := call.Decode(req.Buf); err != nil {
		return err
	}
	users := make([]bin.Encoder, 0, len(call.ID))
	for _, id := range call.ID {
		switch id := id.(type) {
		case *tg.InputUserSelf:
			users = append(users, bot())
		case *tg.InputUser:
			if id.UserID == aliceID {
				users = append(users, alice())
			}
		}
	}
	return server.SendVector(req, users...)
}

func (a *botAPI) getState(server *tgtest.Server, req *tgtest.Request) error {
	a.mutex.Lock()
	state := a.state()
	a.mutex.Unlock()
	if err := server.SendResult(req, state); err != nil {
		return err
	}
	a.readyOnce.Do(func() { close(a.ready) })
	return nil
}

func (a *botAPI) getDifference(server *tgtest.Server, req *tgtest.Request) error {
	var call tg.UpdatesGetDifferenceRequest
	if err := call.Decode(req.Buf); err != nil {
		return err
	}
	a.mutex.Lock()
	state := a.state()
	missed := a.since(call.Pts)
	a.mutex.Unlock()
	if len(missed) == 0 {
		return server.SendResult(req, &tg.UpdatesDifferenceEmpty{Date: state.Date})
	}
	return server.SendResult(req, &tg.UpdatesDifference{
		NewMessages: missed,
		Users:       []tg.UserClass{alice(), bot()},
		State:       *state,
	})
}

func (a *botAPI) sendMessage(server *tgtest.Server, req *tgtest.Request) error {
	if err := inLayerOfGotd(req.Buf.Buf); err != nil {
		return err
	}
	var call tg.MessagesSendMessageRequest
	if err := call.Decode(req.Buf); err != nil {
		return err
	}
	if err := checkPeer(call.Peer); err != nil {
		return err
	}
	a.mutex.Lock()
	id, repeated := a.sent[call.RandomID]
	if !repeated {
		id = a.keep(&tg.Message{Out: true, Message: call.Message}).ID
		a.sent[call.RandomID] = id
	}
	a.mutex.Unlock()
	if repeated {
		fmt.Fprintln(os.Stderr, "the bot repeated a message under its random_id, which is right")
	} else {
		a.echoes <- said{call.Message, call.RandomID}
	}
	return server.SendResult(req, a.receipt(call, id))
}

// replyOfLayer232 is inputReplyToMessage as the bot writes it. gotd speaks layer 228, where all but
// the quote of rich text is the same.
const (
	replyOfLayer232 = 0x75c1ad70
	richQuote       = 1 << 8
)

// inLayerOfGotd puts the id of gotd's layer into a sendMessage that answers a message. A real data
// centre speaks the layer of its client; gotd has no other than its own.
func inLayerOfGotd(call []byte) error {
	ahead := bin.Buffer{Buf: call}
	if err := ahead.ConsumeID(tg.MessagesSendMessageRequestTypeID); err != nil {
		return err
	}
	flags, err := ahead.Uint32()
	if err != nil {
		return err
	}
	if _, err := tg.DecodeInputPeer(&ahead); err != nil {
		return err
	}
	at := len(call) - ahead.Len()
	isReply := flags&1 != 0 && ahead.Len() >= 8 && binary.LittleEndian.Uint32(call[at:]) == replyOfLayer232
	if isReply && binary.LittleEndian.Uint32(call[at+4:])&richQuote == 0 {
		binary.LittleEndian.PutUint32(call[at:], tg.InputReplyToMessageTypeID)
	}
	return nil
}

// receipt answers sendMessage in the two ways that servers use, in turn.
func (a *botAPI) receipt(call tg.MessagesSendMessageRequest, id int) bin.Encoder {
	date := int(time.Now().Unix())
	if id%2 == 0 {
		return &tg.UpdateShortSentMessage{Out: true, ID: id, Pts: id, PtsCount: 1, Date: date}
	}
	a.mutex.Lock()
	message := a.mailbox[id-1]
	a.mutex.Unlock()
	return &tg.Updates{
		Updates: []tg.UpdateClass{
			&tg.UpdateMessageID{ID: id, RandomID: call.RandomID},
			&tg.UpdateNewMessage{Message: message, Pts: id, PtsCount: 1},
		},
		Users: []tg.UserClass{alice(), bot()},
		Date:  date,
	}
}

// receive puts a message of Alice into the mailbox.
func (a *botAPI) receive(text string) *tg.Message {
	a.mutex.Lock()
	defer a.mutex.Unlock()
	return a.keep(&tg.Message{Message: text})
}

// latest is the session that spoke last.
func (a *botAPI) latest() tgtest.Session {
	a.mutex.Lock()
	defer a.mutex.Unlock()
	return a.session
}

func (a *botAPI) keep(message *tg.Message) *tg.Message {
	message.ID = len(a.mailbox) + 1
	message.PeerID = &tg.PeerUser{UserID: aliceID}
	message.FromID = &tg.PeerUser{UserID: aliceID}
	if message.Out {
		message.FromID = &tg.PeerUser{UserID: botID}
	}
	message.Date = int(time.Now().Unix())
	a.mailbox = append(a.mailbox, message)
	return message
}

func (a *botAPI) state() *tg.UpdatesState {
	return &tg.UpdatesState{Pts: len(a.mailbox), Date: int(time.Now().Unix())}
}

func (a *botAPI) since(pts int) []tg.MessageClass {
	missed := []tg.MessageClass{}
	for i := max(pts, 0); i < len(a.mailbox); i++ {
		missed = append(missed, a.mailbox[i])
	}
	return missed
}

func checkPeer(peer tg.InputPeerClass) error {
	user, ok := peer.(*tg.InputPeerUser)
	if !ok || user.UserID != aliceID {
		return tgerr.New(400, "PEER_ID_INVALID")
	}
	if user.AccessHash != aliceHash && user.AccessHash != 0 { // bots may leave it out
		return tgerr.New(400, "PEER_ID_INVALID")
	}
	return nil
}

func alice() *tg.User {
	user := &tg.User{ID: aliceID, FirstName: "Alice", Username: "alice"}
	user.SetAccessHash(aliceHash)
	return user
}

func bot() *tg.User {
	user := &tg.User{ID: botID, Self: true, Bot: true, FirstName: "Echo", Username: botUsername}
	user.SetAccessHash(1)
	user.SetBotInfoVersion(1)
	return user
}
