// SPDX-License-Identifier: MIT OR Apache-2.0

package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"
	"github.com/gotd/td/tgtest"
)

// restLimit is what a bot with nothing to do may send within restTime: keep-alives and a last
// acknowledgement, not an answer to every error it gets for acknowledging.
const (
	restTime  = 3 * time.Second
	restLimit = 10
)

// conversation is the scripted user: says something, waits for the echo, goes on.
type conversation struct {
	dc    *dataCentre
	limit time.Duration
}

func newConversation(dc *dataCentre, limit time.Duration) *conversation {
	return &conversation{dc, limit}
}

type step struct {
	name string
	run  func(context.Context) error
}

func (c *conversation) run(ctx context.Context) error {
	long := strings.Repeat("долго ", 682)
	steps := []step{
		{"the bot logs in and asks for its state", c.login},
		{"echo of a message in updates, with its sender", c.talk("one", fullUpdate)},
		{"echo of updateShortMessage", c.talk("two: два 🐦", shortMessage)},
		{"echo of updates without users", c.talk("three", bareUpdate)},
		{"echo of 4092 letters", c.talk(long, fullUpdate)},
		{"the bot comes to rest", c.rest},
		{"echo after the server closed the session", c.after(c.closeSession, "four")},
		{"echo after the connection was lost", c.after(c.loseConnection, "five")},
		{"the bot comes to rest again", c.rest},
		{"nothing was answered twice", c.nothingLeft},
	}
	for _, s := range steps {
		if err := s.run(ctx); err != nil {
			return fmt.Errorf("%s: %w", s.name, err)
		}
		fmt.Fprintln(os.Stderr, "ok  ", s.name)
	}
	return nil
}

func (c *conversation) login(ctx context.Context) error {
	select {
	case <-c.dc.api.ready:
		return nil
	case <-time.After(2 * c.limit):
		return fmt.Errorf("no updates.getState within %s (%d connections so far)", 2*c.limit,
			c.dc.door.accepted())
	case <-ctx.Done():
		return ctx.Err()
	}
}

// dressing makes the update that carries a message; the pts after it is its id.
type dressing func(*tg.Message) bin.Encoder

// talk says text once, dressed as given, and waits for the echo.
func (c *conversation) talk(text string, dress dressing) func(context.Context) error {
	return func(ctx context.Context) error {
		if err := c.push(ctx, dress(c.dc.api.receive(text))); err != nil {
			return err
		}
		return c.expect(ctx, text)
	}
}

// after breaks something, then talks to whatever session the bot comes back with.
func (c *conversation) after(breakIt func(), text string) func(context.Context) error {
	return func(ctx context.Context) error {
		before := c.dc.door.accepted()
		breakIt()
		if err := c.reconnected(ctx, before); err != nil {
			return err
		}
		return c.talk(text, fullUpdate)(ctx)
	}
}

func (c *conversation) closeSession()   { c.dc.server.ForceDisconnect(c.dc.api.latest()) }
func (c *conversation) loseConnection() { c.dc.door.dropAll() }

// reconnected waits until the bot has connected again and has called something.
func (c *conversation) reconnected(ctx context.Context, before int) error {
	calls := c.dc.traffic.total()
	deadline := time.Now().Add(c.limit)
	for c.dc.door.accepted() == before || c.dc.traffic.total() == calls {
		if time.Now().After(deadline) {
			return fmt.Errorf("the bot made %d connections and %d calls within %s",
				c.dc.door.accepted()-before, c.dc.traffic.total()-calls, c.limit)
		}
		if err := pause(ctx, 20*time.Millisecond); err != nil {
			return err
		}
	}
	return nil
}

// push sends to the session that spoke last, again while that one is gone.
func (c *conversation) push(ctx context.Context, update bin.Encoder) error {
	deadline := time.Now().Add(c.limit)
	for {
		err := c.dc.server.Send(ctx, c.dc.api.latest(), tgtest.MessageFromServer, update)
		if err == nil || time.Now().After(deadline) {
			return err
		}
		if err := pause(ctx, 50*time.Millisecond); err != nil {
			return err
		}
	}
}

func (c *conversation) expect(ctx context.Context, text string) error {
	select {
	case echo := <-c.dc.api.echoes:
		if echo.text != text {
			return fmt.Errorf("said %q, the bot answered %q", text, echo.text)
		}
		if echo.randomID == 0 {
			return errors.New("random_id is 0")
		}
		return nil
	case <-time.After(c.limit):
		return fmt.Errorf("said %q, no answer within %s", text, c.limit)
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (c *conversation) rest(ctx context.Context) error {
	before := c.dc.traffic.total()
	if err := pause(ctx, restTime); err != nil {
		return err
	}
	if sent := c.dc.traffic.total() - before; sent > restLimit {
		return fmt.Errorf("%d messages in %s with nothing to say", sent, restTime)
	}
	return nil
}

func (c *conversation) nothingLeft(context.Context) error {
	select {
	case echo := <-c.dc.api.echoes:
		return fmt.Errorf("one more message: %q", echo.text)
	default:
		return nil
	}
}

func fullUpdate(message *tg.Message) bin.Encoder {
	return &tg.Updates{
		Updates: []tg.UpdateClass{&tg.UpdateNewMessage{Message: message, Pts: message.ID, PtsCount: 1}},
		Users:   []tg.UserClass{alice(), bot()},
		Date:    message.Date,
	}
}

func bareUpdate(message *tg.Message) bin.Encoder {
	return &tg.Updates{
		Updates: []tg.UpdateClass{&tg.UpdateNewMessage{Message: message, Pts: message.ID, PtsCount: 1}},
		Date:    message.Date,
	}
}

func shortMessage(message *tg.Message) bin.Encoder {
	return &tg.UpdateShortMessage{
		ID: message.ID, UserID: aliceID, Message: message.Message,
		Pts: message.ID, PtsCount: 1, Date: message.Date,
	}
}

func pause(ctx context.Context, length time.Duration) error {
	select {
	case <-time.After(length):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
