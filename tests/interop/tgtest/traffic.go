// SPDX-License-Identifier: MIT OR Apache-2.0

package main

import (
	"context"
	"fmt"
	"os"
	"sort"
	"strings"
	"sync"

	"github.com/gotd/log"
)

// traffic is the server's log: it counts what the bot sends, by type, so that a bot that never
// comes to rest can be told from a quiet one.
type traffic struct {
	verbose bool

	mutex  sync.Mutex
	counts map[string]int
}

func newTraffic(verbose bool) *traffic {
	return &traffic{verbose: verbose, counts: map[string]int{}}
}

// Enabled implements log.Logger.
func (t *traffic) Enabled(context.Context, log.Level) bool { return true }

// Log implements log.Logger.
func (t *traffic) Log(_ context.Context, level log.Level, text string, attrs ...log.Attr) {
	if text == "Got request" {
		t.count(attrs)
	}
	if t.verbose {
		fmt.Fprintln(os.Stderr, "tgtest:", level, text, render(attrs))
	}
}

func (t *traffic) count(attrs []log.Attr) {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	for _, attr := range attrs {
		if attr.Key == "type" {
			t.counts[attr.Value.String()]++
		}
	}
}

func (t *traffic) total() int {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	sum := 0
	for _, count := range t.counts {
		sum += count
	}
	return sum
}

func (t *traffic) report() {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	lines := make([]string, 0, len(t.counts))
	for name, count := range t.counts {
		lines = append(lines, fmt.Sprintf("%s %d", name, count))
	}
	sort.Strings(lines)
	fmt.Fprintln(os.Stderr, "the bot sent:", strings.Join(lines, ", "))
}

func render(attrs []log.Attr) string {
	parts := make([]string, 0, len(attrs))
	for _, attr := range attrs {
		if attr.Value.Kind() == log.KindGroup {
			parts = append(parts, render(attr.Value.Group()))
			continue
		}
		parts = append(parts, attr.Key+"="+attr.Value.String())
	}
	return strings.Join(parts, " ")
}
