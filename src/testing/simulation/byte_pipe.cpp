// SPDX-License-Identifier: MIT OR Apache-2.0
#include "byte_pipe.hpp"

#include <algorithm>

namespace mtp::MTP_ABI::testing {
namespace {

/// On a link with a rate, the beginning of a long write arrives before its end.
constexpr std::size_t max_portion = 4096;

duration time_for(std::size_t size, std::uint64_t rate) {
  if (rate == 0) return {};
  std::uint64_t const second = std::chrono::nanoseconds(std::chrono::seconds(1)).count();
  return std::chrono::nanoseconds(size * second / rate);
}

}  // namespace

std::uint64_t byte_pipe::rate_at(steady_time now) const {
  return now < slow_until_ ? slow_rate_ : terms_.rate;
}

std::size_t byte_pipe::unsent(steady_time now) const {
  auto const rate = rate_at(now);
  if (rate == 0 || idle_from_ <= now) return 0;
  auto const left = std::chrono::nanoseconds(idle_from_ - now).count();
  return static_cast<std::size_t>(static_cast<double>(left) * 1e-9 * static_cast<double>(rate));
}

std::size_t byte_pipe::room(steady_time now) const {
  std::size_t const waiting = unsent(now);
  std::size_t const to_send = terms_.unsent - std::min(terms_.unsent, waiting);
  return std::min(to_send, terms_.window - std::min(terms_.window, held_));
}

std::optional<steady_time> byte_pipe::more_room(steady_time now) const {
  if (held_ >= terms_.window) return {};
  std::size_t const waiting = unsent(now);
  std::size_t const enough = terms_.unsent / 2;
  if (waiting <= enough) return now;
  return now +
         std::max<duration>(time_for(waiting - enough, rate_at(now)), std::chrono::microseconds(1));
}

steady_time byte_pipe::arrival(steady_time leaves, duration late) {
  if (silent_) return steady_time::max();
  last_arrival_ = std::max(last_arrival_, leaves + terms_.delay + late);
  return last_arrival_;
}

void byte_pipe::send_portion(bytes_view data, steady_time now, duration late) {
  auto const begins = std::max(now, idle_from_);
  idle_from_ = begins + time_for(data.size(), rate_at(begins));
  portions_.push_back({arrival(idle_from_, late), bytes(data.begin(), data.end())});
  held_ += data.size();
}

void byte_pipe::send(bytes_view data, steady_time now, duration late) {
  bool const cut = rate_at(now) != 0;
  while (!data.empty()) {
    auto const size = cut ? std::min(data.size(), max_portion) : data.size();
    send_portion(data.first(size), now, late);
    data = data.subspan(size);
  }
}

void byte_pipe::end(steady_time now) {
  if (!end_) end_ = arrival(std::max(now, idle_from_), {});
}

void byte_pipe::slow_down(std::uint64_t rate, steady_time until) {
  slow_rate_ = rate;
  slow_until_ = until;
}

void byte_pipe::clear() {
  portions_.clear();
  held_ = 0;
}

std::size_t byte_pipe::on_its_way(steady_time now) const {
  std::size_t out = 0;
  for (auto const& one : portions_)
    if (one.arrives > now) out += one.data.size();
  return out;
}

std::size_t byte_pipe::unread(steady_time now) const {
  std::size_t out = 0;
  for (auto const& one : portions_)
    if (one.arrives <= now) out += one.data.size() - one.read;
  return out;
}

bool byte_pipe::has_bytes(steady_time now) const {
  return !portions_.empty() && portions_.front().arrives <= now;
}

bool byte_pipe::has_ended(steady_time now) const {
  return portions_.empty() && end_ && *end_ <= now;
}

std::optional<steady_time> byte_pipe::next_arrival() const {
  if (!portions_.empty()) return portions_.front().arrives;
  return end_;
}

std::size_t byte_pipe::read(mutable_bytes to, steady_time now) {
  std::size_t done = 0;
  while (done < to.size() && has_bytes(now)) {
    auto& first = portions_.front();
    auto const size = std::min(to.size() - done, first.data.size() - first.read);
    std::copy_n(first.data.begin() + static_cast<std::ptrdiff_t>(first.read), size,
                to.begin() + static_cast<std::ptrdiff_t>(done));
    first.read += size;
    done += size;
    if (first.read == first.data.size()) portions_.pop_front();
  }
  held_ -= done;
  return done;
}

}  // namespace mtp::MTP_ABI::testing
