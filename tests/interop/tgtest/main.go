// SPDX-License-Identifier: MIT OR Apache-2.0

// A data centre that this project did not write: gotd's tgtest server with just enough of the bot
// API for an echo bot, and a scripted user inside who talks to the bot.
//
// It prints the same ready line as mtp-test-dc, waits for a bot to log in, runs the conversation,
// prints one line per step on stderr and exits with 0 when every step passed. Nothing of tgtest is
// corrected: it sends every message with seq_no 0 and salt 0, answers acknowledgements with
// rpc_error, knows one salt that never expires and ties a session id to its first connection.
package main

import (
	"context"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"flag"
	"fmt"
	"net"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/gotd/td/crypto"
	"github.com/gotd/td/tgtest"
	"github.com/gotd/td/transport"
)

const dcID = 2

type settings struct {
	listen  string
	steps   time.Duration
	verbose bool
}

// dataCentre is a tgtest server on its own port, not yet serving.
type dataCentre struct {
	key     *rsa.PrivateKey
	door    *door
	server  *tgtest.Server
	api     *botAPI
	traffic *traffic
}

func newDataCentre(listen string, verbose bool) (*dataCentre, error) {
	key, err := rsa.GenerateKey(rand.Reader, crypto.RSAKeyBits)
	if err != nil {
		return nil, err
	}
	listener, err := net.Listen("tcp", listen)
	if err != nil {
		return nil, err
	}
	seen := newTraffic(verbose)
	api := newBotAPI(listener.Addr().(*net.TCPAddr), seen)
	server := tgtest.NewServer(tgtest.NewPrivateKey(key), tgtest.UnpackInvoke(api.dispatcher()),
		tgtest.ServerOptions{DC: dcID, Logger: seen})
	return &dataCentre{key, newDoor(listener), server, api, seen}, nil
}

func (d *dataCentre) serve(ctx context.Context) error {
	return d.server.Serve(ctx, transport.Listen(d.door))
}

func (d *dataCentre) publicPEM() string {
	block := pem.Block{Type: "RSA PUBLIC KEY", Bytes: x509.MarshalPKCS1PublicKey(&d.key.PublicKey)}
	return string(pem.EncodeToMemory(&block))
}

func (d *dataCentre) readyLine() ([]byte, error) {
	address := d.door.Addr().(*net.TCPAddr)
	type object = map[string]any
	return json.Marshal(object{
		"dcs": []object{{"id": dcID, "host": address.IP.String(), "port": address.Port}},
		"key": object{
			"pem":         d.publicPEM(),
			"fingerprint": fmt.Sprintf("%016x", uint64(crypto.RSAFingerprint(&d.key.PublicKey))),
		},
		"bots":  []object{{"id": botID, "token": botToken, "username": botUsername}},
		"users": []object{{"id": aliceID, "username": "alice", "first_name": "Alice"}},
	})
}

func run(ctx context.Context, s settings) error {
	dc, err := newDataCentre(s.listen, s.verbose)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	served := make(chan error, 1)
	go func() { served <- dc.serve(ctx) }()
	ready, err := dc.readyLine()
	if err != nil {
		return err
	}
	fmt.Println(string(ready))
	talked := make(chan error, 1)
	go func() { talked <- newConversation(dc, s.steps).run(ctx) }()
	select {
	case err := <-talked:
		dc.traffic.report()
		return err
	case err := <-served:
		return fmt.Errorf("the server stopped: %w", err)
	}
}

func main() {
	var s settings
	flag.StringVar(&s.listen, "listen", "127.0.0.1:0", "address to listen on")
	flag.DurationVar(&s.steps, "step", 90*time.Second, "patience with each step")
	flag.BoolVar(&s.verbose, "log", false, "print everything the server logs")
	flag.Parse()
	ctx, cancel := signal.NotifyContext(context.Background(), syscall.SIGTERM, syscall.SIGINT)
	defer cancel()
	if err := run(ctx, s); err != nil {
		fmt.Fprintln(os.Stderr, "FAIL tgtest:", err)
		os.Exit(1)
	}
}
