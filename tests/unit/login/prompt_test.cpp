// SPDX-License-Identifier: MIT OR Apache-2.0
//
// Questions on a real pseudo terminal: this side is the person in front of it.
#include <mtp/client/prompt.hpp>

#include <mtp/core/error.hpp>
#include <mtp/core/timeout.hpp>
#include <support/catch.hpp>

#include <asio/co_spawn.hpp>
#include <asio/error.hpp>
#include <asio/io_context.hpp>
#include <asio/steady_timer.hpp>
#include <asio/use_awaitable.hpp>
#include <poll.h>
#include <pty.h>
#include <termios.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <functional>
#include <list>
#include <optional>
#include <string>

using namespace mtp;
using namespace std::chrono_literals;

namespace {

class pseudo_terminal {
 public:
  pseudo_terminal() { REQUIRE(::openpty(&person_, &program_, nullptr, nullptr, nullptr) == 0); }
  pseudo_terminal(pseudo_terminal const&) = delete;
  pseudo_terminal& operator=(pseudo_terminal const&) = delete;
  ~pseudo_terminal() {
    hang_up();
    ::close(program_);
  }

  prompt_options where() const { return {.input = program_, .output = program_}; }
  void type(std::string_view text) const {
    REQUIRE(::write(person_, text.data(), text.size()) == static_cast<ssize_t>(text.size()));
  }
  void hang_up() {
    if (person_ >= 0) ::close(person_);
    person_ = -1;
  }
  bool shows_typing() const {
    termios now = {};
    REQUIRE(::tcgetattr(program_, &now) == 0);
    return (now.c_lflag & ECHO) != 0;
  }
  /// All that was on the screen.
  std::string const& screen() {
    std::array<char, 512> some = {};
    pollfd ready{.fd = person_, .events = POLLIN, .revents = 0};
    while (person_ >= 0 && ::poll(&ready, 1, 0) > 0) {
      auto const got = ::read(person_, some.data(), some.size());
      if (got <= 0) break;
      screen_.append(some.data(), static_cast<std::size_t>(got));
    }
    return screen_;
  }

 private:
  int person_ = -1;
  int program_ = -1;
  std::string screen_ = {};
};

/// One question, and what becomes of it.
struct talk {
  std::optional<login::answer> answer = {};
  std::exception_ptr failed = {};
  bool over = false;

  std::error_code code() const {
    try {
      if (failed) std::rethrow_exception(failed);
    } catch (std::system_error const& e) {
      return e.code();
    }
    return {};
  }
};

/// A log-in that asks on a pseudo terminal, in a loop of its own.
struct dialogue {
  pseudo_terminal terminal;
  asio::io_context loop{1};
  login::asker ask = prompt(terminal.where());

  void begin(login::step const& what, talk& of, duration patience = 1h) {
    of = {};
    auto const put = [this, &what, &of]() -> task<> { of.answer = co_await ask(what); };
    auto const limited = [put, patience]() -> task<> { co_await with_timeout(put(), patience); };
    keep_.push_back(limited);
    asio::co_spawn(loop, keep_.back(), [&of](std::exception_ptr failed) {
      of.over = true;
      of.failed = std::move(failed);
    });
  }
  void until(std::function<bool()> what) {
    auto const end = std::chrono::steady_clock::now() + 20s;
    while (!what() && std::chrono::steady_clock::now() < end) {
      loop.restart();
      loop.run_for(5ms);
    }
    REQUIRE(what());
  }
  void until_shown(std::string_view text) {
    until([&] { return terminal.screen().find(text) != std::string::npos; });
  }
  /// Asks, and types that when the question stands there.
  talk hear(login::step const& what, std::string_view question, std::string_view line) {
    talk out;
    begin(what, out);
    until_shown(question);
    terminal.type(line);
    until([&] { return out.over; });
    return out;
  }

 private:
  std::list<std::function<task<>()>> keep_;
};

template <class Answer>
Answer said(talk const& of) {
  REQUIRE_FALSE(of.failed);
  REQUIRE(of.answer);
  return std::get<Answer>(*of.answer);
}

login::complaint wrong(login::reason what) { return {.what = what}; }

}  // namespace

TEST_CASE("a terminal asks for a number, then for its code", "[login][prompt]") {
  dialogue d;
  auto const who = d.hear(login::need_identity{}, "qr\": ", "+9996621001\n");
  CHECK(said<login::phone_number>(who).number.reveal() == "+9996621001");
  auto const code = d.hear(login::need_code{}, "Code (", "12345\n");
  CHECK(said<login::code>(code).text.reveal() == "12345");
  CHECK(d.terminal.screen().find("12345") != std::string::npos);  // seen while typed
}

TEST_CASE("a number is given with what the program can make of its code", "[login][prompt]") {
  dialogue d;
  auto options = d.terminal.where();
  login::code_options codes;
  codes.flash_call = true;
  options.codes = &codes;
  d.ask = prompt(options);
  auto const who = d.hear(login::need_identity{}, "qr\": ", "+9996621001\n");
  CHECK(said<login::phone_number>(who).how.flash_call);
  CHECK_FALSE(said<login::phone_number>(who).how.missed_call);
}

TEST_CASE("a password is never on the screen", "[login][prompt]") {
  dialogue d;
  login::need_password asked{.hint = "pet"};
  login::step what = asked;
  talk of;
  d.begin(what, of);
  d.until_shown("hint: pet");
  d.until([&] { return !d.terminal.shows_typing(); });
  d.terminal.type("hunter1\n");
  d.until([&] { return of.over; });
  CHECK(said<login::password>(of).text.reveal() == "hunter1");
  CHECK(d.terminal.shows_typing());

  asked.why = wrong(login::reason::password_wrong);
  what = asked;
  d.begin(what, of);
  d.until_shown("The password is wrong.");
  d.until([&] { return !d.terminal.shows_typing(); });
  d.terminal.type(" hunter2 \n");
  d.until([&] { return of.over; });
  CHECK(said<login::password>(of).text.reveal() == " hunter2 ");
  CHECK(d.terminal.screen().find("hunter") == std::string::npos);
}

TEST_CASE("an interrupted question leaves the terminal as it was", "[login][prompt]") {
  dialogue d;
  login::step const what = login::need_password{};
  talk of;
  d.begin(what, of);
  d.until([&] { return !d.terminal.shows_typing(); });
  SECTION("by Ctrl-C") {
    ::raise(SIGINT);
    d.until([&] { return of.over; });
    CHECK(of.code() == asio::error::operation_aborted);
  }
  SECTION("by the end of the input") {
    d.terminal.type("\x04");
    d.until([&] { return of.over; });
    CHECK(of.code() == client_errc::not_signed_in);
  }
  CHECK(d.terminal.shows_typing());
}

TEST_CASE("a terminal that is hung up ends the log-in", "[login][prompt]") {
  dialogue d;
  login::step const what = login::need_code{};
  talk of;
  d.begin(what, of);
  d.until_shown("Code (");
  d.terminal.hang_up();
  d.until([&] { return of.over; });
  CHECK(of.code() == client_errc::not_signed_in);
}

TEST_CASE("a question is given up in time, and holds up nothing", "[login][prompt]") {
  dialogue d;
  login::step const what = login::need_password{};
  talk of;
  d.begin(what, of, 50ms);
  bool ticked = false;
  asio::steady_timer timer(d.loop, 10ms);
  timer.async_wait([&](std::error_code) { ticked = !of.over; });
  d.until([&] { return of.over; });
  CHECK(of.code() == client_errc::timed_out);
  CHECK(ticked);
  CHECK(d.terminal.shows_typing());
}

TEST_CASE("an empty line is asked for again, lines that came early are kept", "[login][prompt]") {
  dialogue d;
  d.terminal.type("\n  \n+100\n12345\n");
  talk of;
  login::step const who = login::need_identity{};
  d.begin(who, of);
  d.until([&] { return of.over; });
  CHECK(said<login::phone_number>(of).number.reveal() == "+100");
  login::step const code = login::need_code{};
  d.begin(code, of);
  d.until([&] { return of.over; });
  CHECK(said<login::code>(of).text.reveal() == "12345");
}

TEST_CASE("of a QR code the address is shown, and nothing is waited for", "[login][prompt]") {
  dialogue d;
  login::step const what = login::need_scan{.url = "tg://login?token=dG9rZW4"};
  talk of;
  d.begin(what, of);
  d.until([&] { return of.over; });
  CHECK_FALSE(of.failed);
  CHECK_FALSE(of.answer);
  d.until_shown("tg://login?token=dG9rZW4");
}

TEST_CASE("a QR code is drawn by whoever can, above its address", "[login][prompt]") {
  dialogue d;
  auto where = d.terminal.where();
  where.draw = [](std::string_view text) { return "[" + std::string(text) + " drawn]\n"; };
  d.ask = prompt(std::move(where));
  login::step const what = login::need_scan{.url = "tg://login?token=dG9rZW4"};
  talk of;
  d.begin(what, of);
  d.until([&] { return of.over; });
  CHECK_FALSE(of.failed);
  d.until_shown("[tg://login?token=dG9rZW4 drawn]");
  d.until_shown("Scan the code");
  CHECK(d.terminal.screen().find("To be shown as a QR code") == std::string::npos);
}

TEST_CASE("what a server says commands no terminal", "[login][prompt]") {
  dialogue d;
  login::step const what = login::need_password{.hint = "\x1b[2J\x07\xc2\x9bpet\xc3\xa9"};
  talk of;
  d.begin(what, of);
  d.until_shown("?[2J??pet\xc3\xa9");
  CHECK(d.terminal.screen().find('\x1b') == std::string::npos);
  d.terminal.type("x\n");
  d.until([&] { return of.over; });
}
