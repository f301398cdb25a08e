// SPDX-License-Identifier: MIT OR Apache-2.0
//
// Where the updates go: to the one stream without a name, or to the journal of those with names.
#include "client/client_core.hpp"
#include "client/update_driver.hpp"

#include <mtp/core/error.hpp>

#include <utility>

namespace mtp::MTP_ABI::detail {

bool update_driver::has_room() const noexcept {
  return has_journal() ? journal_->has_room() : delivery_.has_room();
}

void update_driver::pass_on(updates::arrival what) {
  if (drop_ && !what.loss && drop_->take()) return;
  has_journal() ? journal_->push(std::move(what)) : delivery_.push(std::move(what));
}

update_journal& update_driver::journal() {
  if (!journal_) journal_ = std::make_unique<update_journal>(core_, wake_);
  return *journal_;
}

void update_driver::on_caught_up() {
  delivery_.on_caught_up();
  if (has_journal()) journal_->on_caught_up();
}

// --- They begin and end

void update_driver::start() {
  is_started_ = true;
  if (core_.state().consumers.empty() && !journal_) return;
  journal().start();
  update_refusal();
}

void update_driver::open(stream_options const& options) {
  delivery_.begin_stream(options);
  engine_.on_stream_opened(consumed(), core_.now());
  settle();
  wake_.notify();
}

/// What the stream without a name was not given comes again, into the journal.
void update_driver::open(consumer_options what) {
  if (!has_journal() && engine_.is_open()) close_engine();
  bool const is_first = !journal_;
  if (is_first && is_started_) journal().start();
  journal().open(std::move(what));
  update_refusal();
  if (!engine_.is_open()) engine_.on_stream_opened(consumed(), core_.now());
  settle();
  wake_.notify();
}

void update_driver::end(std::exception_ptr why) {
  delivery_.end(std::move(why));
  if (journal_) journal_->notify_all();
}

/// Updates that stand in the journal are none for it.
void update_driver::update_refusal() {
  std::exception_ptr why;
  if (has_journal())
    why = std::make_exception_ptr(error(make_error_code(client_errc::bad_argument),
                                        "the account's consumers of updates have names"));
  delivery_.set_refusal(std::move(why));
}

task<> update_driver::remove_consumer(std::string name) {
  co_await core_.opened();
  if (!journal_) co_return;
  journal_->remove(name);
  update_refusal();
  look_for_closed_stream();
  co_await core_.keeper().flush();
}

// --- A start that drops what waited

/// Performs what an answer about a box came to.
void update_driver::settle_answer(std::int64_t box) {
  if (drop_) drop_->on_answer(box);
  settle();
  if (!drop_) return;
  drop_->on_answer_passed();
  if (!engine_.is_wanted(box)) drop_->on_channel_done(box);
}

void update_driver::look_for_end_of_drop() {
  if (!drop_->is_account_done() && engine_.has_account_caught_up(core_.now()))
    drop_->on_account_done(engine_.wanted_channels());
  if (!drop_->is_over()) return;
  core_.log(log_level::info, "updates: " + std::to_string(drop_->count()) +
                                 " that waited at the server were dropped, as it was wanted");
  drop_.reset();
}

// --- What programs take, and got past

task<std::optional<update>> update_driver::next_of(std::string name) {
  auto work = journal_->next(std::move(name));
  auto out = co_await std::move(work);
  co_return out;
}

task<> update_driver::acknowledge(std::uint64_t ticket) {
  if (update_journal::is_mine(ticket)) return journal_->acknowledge(ticket);
  return delivery_.acknowledge(ticket);
}

task<> update_driver::commit(std::uint64_t ticket, store_transaction with) {
  if (update_journal::is_mine(ticket)) return journal_->commit(ticket, std::move(with));
  return delivery_.commit(ticket, std::move(with));
}

}  // namespace mtp::MTP_ABI::detail
