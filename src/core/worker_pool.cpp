// SPDX-License-Identifier: MIT OR Apache-2.0
#include "core/worker_pool.hpp"

#include <asio/post.hpp>
#include <asio/redirect_error.hpp>
#include <asio/steady_timer.hpp>
#include <asio/this_coro.hpp>
#include <asio/thread_pool.hpp>
#include <asio/use_awaitable.hpp>
#include <openssl/crypto.h>

#include <condition_variable>
#include <exception>
#include <memory>
#include <mutex>
#include <utility>

#if __has_include(<unistd.h>)
#include <unistd.h>
#endif

namespace mtp::MTP_ABI::detail {
namespace {

constexpr std::size_t threads = 2;

#if __has_include(<unistd.h>)
auto this_process() { return ::getpid(); }
#else
int this_process() { return 0; }
#endif

/// The threads. They are joined before OpenSSL, which they use, takes itself apart: what is
/// registered first to run at exit runs last. OpenSSL registers itself only where it is asked for
/// something, so it is asked for its error texts. A child process has none of its parent's threads,
/// and makes its own.
class shared_threads {
 public:
  shared_threads() { OPENSSL_init_crypto(OPENSSL_INIT_LOAD_CRYPTO_STRINGS, nullptr); }
  ~shared_threads() {
    if (process_ == this_process()) delete threads_;
  }

  asio::thread_pool& get() {
    std::lock_guard const hold(lock_);
    if (!threads_ || process_ != this_process()) threads_ = new asio::thread_pool(threads);
    process_ = this_process();
    return *threads_;
  }

 private:
  std::mutex lock_;
  decltype(this_process()) process_ = {};
  asio::thread_pool* threads_ = nullptr;
};

asio::thread_pool& the_pool() {
  static shared_threads all;
  return all.get();
}

/// One piece of work, between the thread that does it and the coroutine that waits.
struct job {
  enum class stage { queued, running, done, taken_back };

  std::mutex lock;
  std::condition_variable finished;
  stage now = stage::queued;
  std::function<void()> work;  ///< what it holds on to goes before the coroutine is told
  std::exception_ptr failed;
  asio::steady_timer* waiting = nullptr;  ///< of the coroutine; only its strand touches the timer

  bool is_done() {
    std::lock_guard const hold(lock);
    return now == stage::done;
  }
};

/// Stands in the coroutine that waits.
class waiting_place {
 public:
  waiting_place(std::shared_ptr<job> of, asio::any_io_executor strand)
      : job_(std::move(of)), timer_(std::move(strand), asio::steady_timer::time_point::max()) {
    job_->waiting = &timer_;
  }
  waiting_place(waiting_place const&) = delete;
  waiting_place& operator=(waiting_place const&) = delete;
  ~waiting_place() {
    std::unique_lock hold(job_->lock);
    if (job_->now == job::stage::queued) {
      job_->now = job::stage::taken_back;
      job_->work = nullptr;
    }
    job_->finished.wait(hold, [this] { return job_->now != job::stage::running; });
    job_->waiting = nullptr;
  }
  asio::steady_timer& timer() { return timer_; }

 private:
  std::shared_ptr<job> job_;
  asio::steady_timer timer_;
};

bool begin(job& what) {
  std::lock_guard const hold(what.lock);
  if (what.now != job::stage::queued) return false;
  what.now = job::stage::running;
  return true;
}

/// Tells the coroutine, on its strand. It cannot go away before the lock is released.
void end(std::shared_ptr<job> const& what, std::exception_ptr failed) {
  std::lock_guard const hold(what->lock);
  what->failed = std::move(failed);
  what->now = job::stage::done;
  asio::post(what->waiting->get_executor(), [what] {
    std::lock_guard const again(what->lock);
    if (what->waiting) what->waiting->cancel();
  });
  what->finished.notify_all();
}

void perform(std::shared_ptr<job> const& what) {
  if (!begin(*what)) return;
  std::exception_ptr failed;
  try {
    what->work();
  } catch (...) {
    failed = std::current_exception();
  }
  what->work = nullptr;
  end(what, std::move(failed));
}

}  // namespace

task<> run_on_pool(asio::any_io_executor strand, std::function<void()> work) {
  bool const throws = co_await asio::this_coro::throw_if_cancelled();
  co_await asio::this_coro::throw_if_cancelled(false);
  auto const one = std::make_shared<job>();
  one->work = std::move(work);
  waiting_place here(one, std::move(strand));
  asio::post(the_pool(), [one] { perform(one); });
  while (!one->is_done()) {
    std::error_code ignored;
    co_await here.timer().async_wait(asio::redirect_error(asio::use_awaitable, ignored));
  }
  co_await asio::this_coro::throw_if_cancelled(throws);
  if (one->failed) std::rethrow_exception(one->failed);
}

}  // namespace mtp::MTP_ABI::detail
