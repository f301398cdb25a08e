// SPDX-License-Identifier: MIT OR Apache-2.0

package main

import (
	"net"
	"sync"
)

// door is a listener that can drop every connection made through it, as a bad network does: the
// server learns of it only when it next uses the connection.
type door struct {
	net.Listener

	mutex sync.Mutex
	open  map[net.Conn]struct{}
	total int
}

func newDoor(listener net.Listener) *door {
	return &door{Listener: listener, open: map[net.Conn]struct{}{}}
}

// Accept implements net.Listener.
func (d *door) Accept() (net.Conn, error) {
	conn, err := d.Listener.Accept()
	if err != nil {
		return nil, err
	}
	guarded := &guest{Conn: conn, door: d}
	d.mutex.Lock()
	defer d.mutex.Unlock()
	d.open[guarded] = struct{}{}
	d.total++
	return guarded, nil
}

// accepted is the number of connections made so far.
func (d *door) accepted() int {
	d.mutex.Lock()
	defer d.mutex.Unlock()
	return d.total
}

// dropAll closes every open connection.
func (d *door) dropAll() {
	d.mutex.Lock()
	guests := make([]net.Conn, 0, len(d.open))
	for conn := range d.open {
		guests = append(guests, conn)
	}
	d.mutex.Unlock()
	for _, conn := range guests {
		_ = conn.Close()
	}
}

type guest struct {
	net.Conn
	door *door
}

func (g *guest) Close() error {
	g.door.mutex.Lock()
	delete(g.door.open, g)
	g.door.mutex.Unlock()
	return g.Conn.Close()
}
