// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/login/flow.hpp>
#include <mtp/tl/types/InputCheckPasswordSRP.hpp>
#include <mtp/tl/types/InputPasskeyCredential.hpp>
#include <mtp/tl/types/PasswordKdfAlgo.hpp>
#include <mtp/tl/types/SecurePasswordKdfAlgo.hpp>
#include <mtp/tl/types/account/EmailVerified.hpp>
#include <mtp/tl/types/account/Password.hpp>
#include <mtp/tl/types/account/SentEmailCode.hpp>
#include <mtp/tl/types/auth/CodeType.hpp>
#include <mtp/tl/types/auth/LoginToken.hpp>
#include <mtp/tl/types/auth/PasskeyLoginOptions.hpp>
#include <mtp/tl/types/auth/PasswordRecovery.hpp>
#include <mtp/tl/types/auth/SentCodeType.hpp>
#include <mtp/tl/types/help/TermsOfService.hpp>

#include <login/machine.hpp>

#include <map>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace mtp::test {

using login::machine;

/// What comes of one request in place of its answer.
enum class mishap { none, answer_lost, request_lost, broken_off, flood, restart, server_error };

/// A server with one account, for a log-in whose requests are performed in this process, without a
/// connection and under a made-up clock. Its passwords are proved by being named.
struct login_stage {
  static constexpr std::int64_t me = 42;
  static constexpr std::string_view phone = "+100";

  // --- The account
  std::string password = {};
  bool registered = true;
  bool sets_up_email = false;
  bool wants_money = false;
  bool by_firebase = false;
  std::string token = "7:good";

  // --- The server
  bool signed_in = false;
  bool password_due = false;
  bool scanned = false;
  int dc = 2;
  int home_dc = 2;
  std::int64_t challenges = 0;
  int codes_sent = 0;
  bool code_good = false;
  bool terms_accepted = false;
  std::string missing_in = {};     ///< the network of the code that did not come
  std::string no_token = {};       ///< why the app has none of Firebase
  tl::CodeSettings settings = {};  ///< how the code was wanted last
  int passkey_challenges = 0;
  std::optional<tl::auth::finishPasskeyLogin> shown_passkey = {};

  // --- The client
  machine decider;
  login::application app{.api_id = 1, .api_hash = "hash"};
  moment now = {steady_time(std::chrono::hours(1)),
                std::chrono::system_clock::time_point(std::chrono::seconds(1'800'000'000))};
  std::vector<std::string> asked;               ///< the methods, in order
  std::map<std::size_t, mishap> mishaps;        ///< by the number of the request
  std::map<std::string, std::string> refusing;  ///< what these methods are answered, always
  bool moves_always = false;                    ///< every QR code belongs to the other data centre
  bool denied = false;                          ///< the client cannot take over any login
  std::string thrown;                           ///< the refusal that went to the caller
  bool stopped = false;

  /// Goes on until the person is needed, or a refusal goes to the caller.
  login::step const& go_on() {
    decider.go_on();
    thrown.clear();
    stopped = false;
    for (int steps = 0; !stopped; ++steps) {
      if (steps > 100) throw std::logic_error("the log-in goes round in circles");
      app.dc = dc;
      app.key = 100 + dc;
      auto what = decider.next(app, now);
      if (std::holds_alternative<machine::ask>(what)) break;
      std::visit([this](auto& one) { perform(one); }, what);
    }
    return decider.needed();
  }
  login::step const& answer(login::answer what) {
    if (!decider.take(std::move(what))) throw std::logic_error("no answer to that");
    return go_on();
  }
  /// The step that must be needed now.
  template <class Step>
  Step const& needs() const {
    auto const* out = std::get_if<Step>(&decider.needed());
    if (!out) throw std::logic_error("something else is needed");
    return *out;
  }
  login::reason complaint() const { return login::complaint_of(decider.needed()).what; }
  void perform(machine::ask&) {}
  void perform(machine::prove& what) {
    auto const& text = what.password.reveal();
    decider.on_proved({.id = what.challenge.id, .check = bytes(text.begin(), text.end())});
  }
  void perform(machine::wait_for_scan& what) {
    bool const news = scanned && !std::exchange(told_, true);
    news ? decider.on_scanned() : void(now.steady = what.until);
  }
  void perform(machine::move_home& what) {
    if (what.dc > 5) return decider.on_immovable();
    dc = what.dc;
    decider.on_moved();
  }
  void perform(machine::accept& what) {
    if (denied) {
      stopped = true;
      return decider.on_denied();
    }
    auto const* in = what.login->get_if<tl::auth::authorization>();
    decider.on_accepted(user(received<tl::user>::own(tl::user(*in->user.get_if<tl::user>()))));
  }
  void perform(machine::give_up& what) {
    thrown = what.text;
    stopped = true;
  }
  void perform(machine::perform& what) {
    auto const number = asked.size();
    std::visit([this](auto const& q) { asked.emplace_back(q.tl_name); }, what.what);
    auto const at = mishaps.find(number);
    auto const how = at == mishaps.end() ? mishap::none : at->second;
    if (how == mishap::flood) return refuse(420, "FLOOD_WAIT_7");
    if (how == mishap::restart) return refuse(500, "AUTH_RESTART");
    if (how == mishap::server_error) return refuse(400, "NOBODY_KNOWS_THIS");
    heard_ = how == mishap::none;
    auto const refused = refusing.find(asked.back());
    if (refused != refusing.end()) return refuse(400, refused->second);
    if (how != mishap::request_lost) std::visit([this](auto const& q) { serve(q); }, what.what);
    bool const lost = !std::exchange(heard_, true);
    if (!lost) return;
    bool const goes_on = decider.on_lost();
    stopped = how == mishap::broken_off || !goes_on;
  }

 private:
  void refuse(int code, std::string_view text) {
    if (!heard_) return;
    auto why = parse_rpc_error(code, text, "test");
    if (decider.on_refused(why)) return;
    thrown = why.name;
    stopped = true;
  }
  template <class T>
  void say(T value) {
    if (!heard_) return;
    if constexpr (std::is_same_v<T, bool>)
      decider.on_answer(value, now);
    else
      decider.on_answer(received<T>::own(std::move(value)), now);
  }

  tl::auth::Authorization authorization() {
    signed_in = true;
    tl::auth::authorization out;
    tl::user self;
    self.id = me;
    out.user = std::move(self);
    return out;
  }
  void sign_in() {
    code_good = false;
    if (password.empty()) return say<tl::auth::Authorization>(authorization());
    password_due = true;
    refuse(401, "SESSION_PASSWORD_NEEDED");
  }
  void check_code(std::string_view typed) {
    if (!code_good) return refuse(400, "PHONE_CODE_EXPIRED");
    if (typed != "12345") return refuse(400, "PHONE_CODE_INVALID");
    if (registered) return sign_in();
    tl::auth::authorizationSignUpRequired out;
    tl::help::termsOfService terms;
    terms.text = tl::string("Be kind.");
    out.terms_of_service = std::move(terms);
    say<tl::auth::Authorization>(std::move(out));
  }

  tl::auth::SentCode sent_code() {
    ++codes_sent;
    code_good = true;
    tl::auth::sentCode out;
    out.type = tl::auth::sentCodeTypeApp{.length = 5};
    if (sets_up_email) out.type = tl::auth::sentCodeTypeSetUpEmailRequired{};
    if (by_firebase) {
      tl::auth::sentCodeTypeFirebaseSms type;
      type.play_integrity_nonce = tl::bytes(as_bytes("nonce"));
      type.play_integrity_project_id = 5;
      type.length = 5;
      out.type = std::move(type);
    }
    out.next_type = tl::auth::codeTypeCall{};
    out.timeout = 60;
    out.phone_code_hash = tl::string("hash");
    return out;
  }

  void serve(tl::auth::checkPaidAuth const& q) {
    if (q.form_id == 7) wants_money = false;
    wants_money ? ask_for_money() : say<tl::auth::SentCode>(sent_code());
  }
  void ask_for_money() {
    tl::auth::sentCodePaymentRequired out;
    out.phone_code_hash = tl::string("hash");
    out.currency = tl::string("USD");
    out.amount = 199;
    say<tl::auth::SentCode>(std::move(out));
  }
  void serve(tl::auth::requestFirebaseSms const& q) {
    say(q.play_integrity_token && q.play_integrity_token->view() == "genuine");
  }
  void serve(tl::auth::reportMissingCode const& q) { say(!(missing_in = q.mnc.str()).empty()); }
  void serve(tl::auth::initPasskeyLogin const&) {
    tl::auth::passkeyLoginOptions out;
    out.options.data = tl::string("challenge " + std::to_string(++passkey_challenges));
    say(std::move(out));
  }
  void serve(tl::auth::finishPasskeyLogin const& q) {
    shown_passkey = q;
    if (q.credential.raw_id.view() != "good") return refuse(400, "CREDENTIAL_INVALID");
    sign_in();
  }
  void serve(tl::auth::sendCode const& q) {
    if (q.phone_number.view() != phone) return refuse(400, "PHONE_NUMBER_INVALID");
    settings = q.settings;
    if (wants_money) return ask_for_money();
    say<tl::auth::SentCode>(sent_code());
  }
  void serve(tl::auth::resendCode const& q) {
    no_token = q.reason ? q.reason->str() : "";
    by_firebase = by_firebase && !q.reason;
    say<tl::auth::SentCode>(sent_code());
  }
  void serve(tl::auth::cancelCode const&) {
    code_good = false;
    say(true);
  }
  void serve(tl::auth::signIn const& q) { check_code(q.phone_code ? q.phone_code->view() : ""); }
  void serve(tl::auth::signUp const& q) {
    if (signed_in || q.first_name.empty()) return refuse(400, "FIRSTNAME_INVALID");
    registered = true;
    say<tl::auth::Authorization>(authorization());
  }
  void serve(tl::auth::importBotAuthorization const& q) {
    if (q.bot_auth_token.view() != token) return refuse(400, "ACCESS_TOKEN_INVALID");
    say<tl::auth::Authorization>(authorization());
  }
  void serve(tl::auth::exportLoginToken const&) {
    told_ = false;
    if (!scanned) {
      tl::auth::loginToken out;
      out.expires = 1'800'000'030;
      out.token = tl::bytes(as_bytes("token"));
      return say<tl::auth::LoginToken>(std::move(out));
    }
    if (dc == home_dc) return give_token();
    move_away();
  }
  void move_away() {
    tl::auth::loginTokenMigrateTo out;
    out.dc_id = home_dc;
    out.token = tl::bytes(as_bytes("token"));
    say<tl::auth::LoginToken>(std::move(out));
  }
  void serve(tl::auth::importLoginToken const&) { moves_always ? move_away() : give_token(); }
  void give_token() {
    if (password.empty()) {
      tl::auth::loginTokenSuccess out;
      out.authorization = authorization();
      return say<tl::auth::LoginToken>(std::move(out));
    }
    password_due = true;
    refuse(401, "SESSION_PASSWORD_NEEDED");
  }
  void serve(tl::account::getPassword const&) {
    tl::account::password out;
    out.has_password = !password.empty();
    out.new_algo = tl::passwordKdfAlgoUnknown{};
    out.new_secure_algo = tl::securePasswordKdfAlgoUnknown{};
    if (out.has_password) {
      out.current_algo = tl::passwordKdfAlgoSHA256SHA256PBKDF2HMACSHA512iter100000SHA256ModPow{};
      out.srp_B = tl::bytes(as_bytes("B"));
      out.srp_id = ++challenges;
      out.hint = tl::string("pet");
      out.has_recovery = true;
    }
    say<tl::account::Password>(std::move(out));
  }
  void serve(tl::auth::checkPassword const& q) {
    auto const* proof = q.password.get_if<tl::inputCheckPasswordSRP>();
    if (!password_due || !proof || proof->srp_id != challenges)
      return refuse(400, "SRP_ID_INVALID");
    ++challenges;
    if (as_text(proof->M1.view()) != password) return refuse(400, "PASSWORD_HASH_INVALID");
    say<tl::auth::Authorization>(authorization());
  }
  void serve(tl::auth::requestPasswordRecovery const&) {
    tl::auth::passwordRecovery out;
    out.email_pattern = tl::string("a***@example.org");
    say(std::move(out));
  }
  void serve(tl::auth::recoverPassword const& q) {
    if (q.code.view() != "777") return refuse(400, "CODE_INVALID");
    password.clear();
    say<tl::auth::Authorization>(authorization());
  }
  void serve(tl::account::sendVerifyEmailCode const& q) {
    if (q.email.view().find('@') == std::string_view::npos) return refuse(400, "EMAIL_INVALID");
    tl::account::sentEmailCode out;
    out.email_pattern = tl::string("a***@example.org");
    out.length = 3;
    say(std::move(out));
  }
  void serve(tl::account::verifyEmail const& q) {
    auto const* typed = q.verification.get_if<tl::emailVerificationCode>();
    if (!typed || typed->code.view() != "777") return refuse(400, "CODE_INVALID");
    sets_up_email = false;
    tl::account::emailVerifiedLogin out;
    out.sent_code = sent_code();
    say<tl::account::EmailVerified>(std::move(out));
  }
  void serve(tl::users::getUsers const&) {
    if (!signed_in)
      return refuse(401, password_due ? "SESSION_PASSWORD_NEEDED" : "AUTH_KEY_UNREGISTERED");
    tl::user self;
    self.id = me;
    say(tl::list<tl::User>{self});
  }
  void serve(tl::help::acceptTermsOfService const&) {
    terms_accepted = true;
    say(true);
  }

  bool heard_ = true;
  bool told_ = false;
};

}  // namespace mtp::test
