// SPDX-License-Identifier: MIT OR Apache-2.0

package main

import (
	"context"
	"testing"
	"time"

	"github.com/gotd/td/telegram"
	"github.com/gotd/td/telegram/dcs"
	"github.com/gotd/td/telegram/message"
	"github.com/gotd/td/tg"
	"github.com/gotd/td/transport"
)

// The conversation must be one that a bot can have: gotd's own client has it here.
func TestConversationWithGotd(t *testing.T) {
	transports := map[string]transport.Protocol{
		"abridged":     transport.Abridged,
		"intermediate": transport.Intermediate,
		"padded":       transport.PaddedIntermediate,
		"full":         transport.Full,
	}
	for name, protocol := range transports {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			converse(t, protocol)
		})
	}
}

func converse(t *testing.T, protocol transport.Protocol) {
	dc, err := newDataCentre("127.0.0.1:0", testing.Verbose())
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	defer cancel()
	go func() { _ = dc.serve(ctx) }()
	go func() {
		if err := echoBot(ctx, dc, protocol); err != nil && ctx.Err() == nil {
			t.Error(err)
		}
	}()
	if err := newConversation(dc, 20*time.Second).run(ctx); err != nil {
		t.Fatal(err)
	}
	dc.traffic.report()
}

func echoBot(ctx context.Context, dc *dataCentre, protocol transport.Protocol) error {
	updates := tg.NewUpdateDispatcher()
	client := telegram.NewClient(1, "0123456789abcdef0123456789abcdef", telegram.Options{
		PublicKeys:    []telegram.PublicKey{dc.server.Key()},
		DC:            dcID,
		DCList:        dcs.List{Options: []tg.DCOption{dcOption(dc)}},
		Resolver:      dcs.Plain(dcs.PlainOptions{Protocol: protocol}),
		UpdateHandler: updates,
	})
	sender := message.NewSender(client.API())
	updates.OnNewMessage(func(ctx context.Context, _ tg.Entities, update *tg.UpdateNewMessage) error {
		incoming, ok := update.Message.(*tg.Message)
		if !ok || incoming.Out {
			return nil
		}
		_, err := sender.To(&tg.InputPeerUser{UserID: aliceID}).Text(ctx, incoming.Message)
		return err
	})
	return client.Run(ctx, func(ctx context.Context) error {
		if _, err := client.Auth().Bot(ctx, botToken); err != nil {
			return err
		}
		if _, err := client.API().UpdatesGetState(ctx); err != nil {
			return err
		}
		<-ctx.Done()
		return ctx.Err()
	})
}

func dcOption(dc *dataCentre) tg.DCOption {
	return tg.DCOption{ID: dcID, IPAddress: dc.api.address.IP.String(), Port: dc.api.address.Port}
}
