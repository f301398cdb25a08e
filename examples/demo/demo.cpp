// SPDX-License-Identifier: MIT OR Apache-2.0
// What `./dev demo` shows: the offline data centre in this process, the echo bot in another, and a
// scripted Alice who talks to it. Nothing leaves this machine.
#include "child_process.hpp"
#include "stage.hpp"

#include <mtp/testing/data_centre.hpp>

#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <thread>

namespace {

using namespace std::chrono_literals;
using clock_type = std::chrono::steady_clock;
namespace files = std::filesystem;

constexpr std::int64_t alice = 42;
constexpr std::int64_t echo_bot = 777000777;
constexpr auto glance = 2ms;

/// A folder that goes away with the program.
struct scratch_folder {
  scratch_folder() {
    auto name = (files::temp_directory_path() / "mtp-demo-XXXXXX").string();
    if (!mkdtemp(name.data())) throw std::runtime_error("no temporary folder to be had");
    path = name;
  }
  ~scratch_folder() {
    std::error_code ignored;
    files::remove_all(path, ignored);
  }
  files::path path;
};

/// The bot is started as anybody would start it: everything comes from the environment.
std::vector<std::string> bot_environment(mtp::testing::data_centre& dc, files::path const& folder) {
  auto const at = dc.address();
  auto const key = (folder / "server.pem").string();
  std::ofstream(key) << dc.public_key().to_pem();
  std::string token;
  dc.with_world([&](auto& world) { token = world.everybody().find(echo_bot)->token; });
  return {"API_ID=1",
          "API_HASH=0123456789abcdef0123456789abcdef",
          "BOT_TOKEN=" + token,
          fmt::format("MTP_DC={}@{}:{}", at.id, at.host, at.port),
          "MTP_SERVER_KEY=" + key,
          "MTP_SESSION=" + (folder / "bot.session").string()};
}

class conversation {
 public:
  conversation(mtp::testing::data_centre& dc, demo::child_process& bot, demo::stage const& show)
      : dc_(dc), bot_(bot), show_(show) {}

  /// Its update state is what it asks for last when it signs in.
  void wait_for_bot() {
    auto const end = clock_type::now() + 8s;
    while (dc_.calls("updates.getState") == 0) {
      if (bot_.ended()) throw std::runtime_error("the bot ended before it was signed in");
      if (clock_type::now() > end) throw std::runtime_error("the bot does not sign in");
      std::this_thread::sleep_for(glance);
    }
    show_.fact("bot", "signed in as @echo_bot");
  }

  /// Alice writes, and waits until the bot has said the same.
  void exchange(std::string const& text) {
    show_.line("Alice", text, false);
    auto const before = newest();
    auto const start = clock_type::now();
    dc_.say(alice, mtp::testing::peer::user(echo_bot), text);
    while (clock_type::now() - start < 5s) {
      auto const answer = answer_after(before);
      if (!answer.empty()) {
        auto const took = std::chrono::duration<double, std::milli>(clock_type::now() - start);
        show_.line("Echo", answer, true, fmt::format("{:.1f} ms", took.count()));
        if (answer != text) throw std::runtime_error("that was no echo");
        return;
      }
      std::this_thread::sleep_for(glance);
    }
    throw std::runtime_error("the bot does not answer");
  }

 private:
  std::int32_t newest() {
    std::int32_t id = 0;
    dc_.with_world([&](auto& world) {
      auto const& messages = world.box(alice).messages();
      id = messages.empty() ? 0 : messages.rbegin()->first;
    });
    return id;
  }

  std::string answer_after(std::int32_t id) {
    std::string text;
    dc_.with_world([&](auto& world) {
      auto const& messages = world.box(alice).messages();
      for (auto at = messages.upper_bound(id); at != messages.end(); ++at) {
        if (at->second.content->author == echo_bot) text = at->second.content->text;
      }
    });
    return text;
  }

  mtp::testing::data_centre& dc_;
  demo::child_process& bot_;
  demo::stage const& show_;
};

/// The name of the bot program: the first argument, else the example beside this program.
std::string bot_program(int count, char** texts) {
  if (count > 1) return texts[1];
  return (files::read_symlink("/proc/self/exe").parent_path() / "01_echo_bot").string();
}

void show_log(files::path const& log) {
  std::ifstream file(log);
  std::string line;
  while (std::getline(file, line)) fmt::print(stderr, "  bot: {}\n", line);
}

void perform(demo::stage const& show, std::string const& program, files::path const& folder) {
  mtp::testing::data_centre dc;
  dc.start();
  auto const at = dc.address();
  show.title("A bot against a data centre that is all on this machine");
  auto const fingerprint = static_cast<std::uint64_t>(dc.public_key().fingerprint());
  show.fact("data centre", fmt::format("{}:{}, key {:016x}", at.host, at.port, fingerprint));
  demo::child_process bot(program, bot_environment(dc, folder), (folder / "bot.log").string());
  conversation talk(dc, bot, show);
  talk.wait_for_bot();
  fmt::print("\n");
  for (auto const* text : {"Hello, bot!", "Do you say what I say?",
                           "Even \xc3\xa4\xc3\xb6\xc3\xbc and \xf0\x9f\x8e\xb6?"}) {
    talk.exchange(text);
    std::this_thread::sleep_for(400ms);
  }
  dc.stop();
  show.event("the data centre is gone");
  std::this_thread::sleep_for(300ms);
  dc.start();
  show.event("and back on the same port; nobody tells the bot");
  talk.exchange("Still there?");
  talk.exchange("Good. Bye!");
  auto const code = bot.stop(3s);
  show.event(code == 0 ? "Ctrl-C: the bot has saved its session and stopped"
                       : fmt::format("the bot ended with code {}", code));
  fmt::print("\n");
  if (code != 0) throw std::runtime_error("the bot did not stop as it should");
}

}  // namespace

int main(int count, char** texts) {
  scratch_folder const folder;
  try {
    perform(demo::stage(), bot_program(count, texts), folder.path);
    return 0;
  } catch (std::exception const& problem) {
    fmt::print(stderr, "mtp-demo: {}\n", problem.what());
    show_log(folder.path / "bot.log");
    return 1;
  }
}
