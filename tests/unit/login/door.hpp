// SPDX-License-Identifier: MIT OR Apache-2.0
// A server of a few lines to sign in at, and people who do.
#pragma once

#include "support/catch.hpp"
#include "support/client_stage.hpp"

#include <mtp/crypto/srp.hpp>
#include <mtp/tl/functions/account.hpp>
#include <mtp/tl/types/CodeSettings.hpp>
#include <mtp/tl/types/EmailVerification.hpp>
#include <mtp/tl/types/InputCheckPasswordSRP.hpp>
#include <mtp/tl/types/PasswordKdfAlgo.hpp>
#include <mtp/tl/types/SecurePasswordKdfAlgo.hpp>
#include <mtp/tl/types/account/Password.hpp>
#include <mtp/tl/types/auth/LoggedOut.hpp>
#include <mtp/tl/types/auth/LoginToken.hpp>
#include <mtp/tl/types/auth/SentCode.hpp>
#include <mtp/tl/types/auth/SentCodeType.hpp>

namespace mtp::test {

/// Alice, her code and her password, and what a server does with them.
struct door {
  static constexpr std::int64_t alice = 42;
  using reply = scripted_api::reply;

  std::string password = {};
  bool in = false;
  bool password_due = false;  ///< the code was right
  bool scanned = false;
  std::uint32_t losing = 0;  ///< the answer to the next call of this function is lost
  std::uint32_t silent = 0;  ///< calls of this function are neither executed nor answered
  std::map<std::uint32_t, int> asked = {};

  std::optional<reply> operator()(std::uint32_t id, bytes_view query) {
    ++asked[id];
    if (id == silent) return scripted_server::silence{};
    auto out = answer(id, query);
    if (id != std::exchange(losing, id == losing ? 0 : losing) || !out) return out;
    auto* object = std::get_if<bytes>(&*out);
    return object ? reply(scripted_server::answer_lost{*object}) : *out;
  }

 private:
  static reply refuse(std::int32_t code, std::string_view text) {
    return scripted_server::refusal{code, text};
  }
  static tl::user self() {
    tl::user out;
    out.self = true;
    out.id = alice;
    return out;
  }
  tl::auth::Authorization authorization() {
    in = true;
    tl::auth::authorization out;
    out.user = self();
    return out;
  }
  std::optional<reply> answer(std::uint32_t id, bytes_view query) {
    if (id == tl::auth::sendCode::tl_id) return send_code(query);
    if (id == tl::auth::signIn::tl_id) return sign_in(query);
    if (id == tl::account::getPassword::tl_id) return show_challenge();
    if (id == tl::auth::checkPassword::tl_id) return check_password(query);
    if (id == tl::auth::exportLoginToken::tl_id) return show_token();
    if (id == tl::auth::logOut::tl_id) return log_out();
    if (!in) return refuse_unknown();
    if (id == tl::users::getUsers::tl_id) return to_bytes(tl::list<tl::User>{tl::User(self())});
    return std::nullopt;
  }

  reply send_code(bytes_view query) {
    auto const call = *tl::decode<tl::auth::sendCode>(query);
    if (call->phone_number.view() != "+100") return refuse(400, "PHONE_NUMBER_INVALID");
    if (call->settings.logout_tokens) return enter_again();
    tl::auth::sentCode out;
    out.type = tl::auth::sentCodeTypeApp{.length = 5};
    out.phone_code_hash = "hash";
    return to_bytes(tl::auth::SentCode(std::move(out)));
  }
  reply enter_again() {
    tl::auth::sentCodeSuccess out;
    out.authorization = authorization();
    return to_bytes(tl::auth::SentCode(std::move(out)));
  }
  reply sign_in(bytes_view query) {
    auto const call = *tl::decode<tl::auth::signIn>(query);
    bool const right = call->phone_code && call->phone_code->view() == "12345";
    if (!right) return refuse(400, "PHONE_CODE_INVALID");
    if (password.empty()) return to_bytes(authorization());
    password_due = true;
    return refuse_unknown();
  }
  reply refuse_unknown() const {
    return refuse(401, password_due ? "SESSION_PASSWORD_NEEDED" : "AUTH_KEY_UNREGISTERED");
  }

  reply show_challenge() {
    secret_ = crypto::stretch_password(as_bytes(password), salt1_, salt2_);
    own_ = *group_.draw(system_random());
    verifier_ = crypto::srp_verifier(group_, secret_);
    shown_ = crypto::srp_challenge(group_, verifier_, own_);
    tl::passwordKdfAlgoSHA256SHA256PBKDF2HMACSHA512iter100000SHA256ModPow algorithm;
    algorithm.salt1 = tl::bytes(salt1_);
    algorithm.salt2 = tl::bytes(salt2_);
    algorithm.g = 3;
    algorithm.p = tl::bytes(bytes_view(group_.prime()));
    tl::account::password out;
    out.has_password = true;
    out.current_algo = std::move(algorithm);
    out.srp_B = tl::bytes(bytes_view(shown_));
    out.srp_id = ++challenges_;
    out.new_algo = tl::passwordKdfAlgoUnknown{};
    out.new_secure_algo = tl::securePasswordKdfAlgoUnknown{};
    return to_bytes(tl::account::Password(std::move(out)));
  }
  reply check_password(bytes_view query) {
    auto const call = *tl::decode<tl::auth::checkPassword>(query);
    auto const* proof = call->password.get_if<tl::inputCheckPasswordSRP>();
    if (!proof || proof->srp_id != challenges_) return refuse(400, "SRP_ID_INVALID");
    ++challenges_;
    auto const expected =
        crypto::srp_expected(group_, salt1_, salt2_, verifier_, own_, shown_, proof->A.view());
    bool const right = expected && std::ranges::equal(*expected, proof->M1.view());
    return right ? reply(to_bytes(authorization())) : refuse(400, "PASSWORD_HASH_INVALID");
  }

  reply show_token() {
    if (scanned) {
      tl::auth::loginTokenSuccess out;
      out.authorization = authorization();
      return to_bytes(tl::auth::LoginToken(std::move(out)));
    }
    tl::auth::loginToken out;
    auto const now = std::chrono::system_clock::now().time_since_epoch();
    out.expires =
        static_cast<std::int32_t>(std::chrono::duration_cast<std::chrono::seconds>(now).count()) +
        30;
    out.token = tl::bytes(as_bytes("token"));
    return to_bytes(tl::auth::LoginToken(std::move(out)));
  }
  reply log_out() {
    if (!std::exchange(in, false)) return refuse_unknown();
    tl::auth::loggedOut out;
    out.future_auth_token = tl::bytes(bytes(16, 7));
    return to_bytes(tl::auth::LoggedOut(std::move(out)));
  }

  crypto::dh_group group_ = *crypto::dh_group::make(crypto::known_dh_prime(), 3);
  bytes salt1_ = bytes(40, 1);
  bytes salt2_ = bytes(16, 2);
  crypto::srp_secret secret_;
  crypto::dh_value verifier_ = {};
  crypto::dh_group::pair own_;
  crypto::dh_value shown_ = {};
  std::int64_t challenges_ = 0;
};

struct door_stage : client_stage {
  test::door door;
  explicit door_stage(asio::any_io_executor where) : client_stage(where) {
    api.first = std::ref(door);
    api.signed_in = true;
  }
};

/// Says the right thing, after so many wrong ones.
struct person {
  int mistakes = 0;
  int questions = 0;

  task<std::optional<login::answer>> hear(login::step const& what) {
    ++questions;
    bool const wrong = mistakes > 0;
    if (std::holds_alternative<login::need_identity>(what))
      co_return login::phone_number{std::string("+100")};
    if (std::holds_alternative<login::need_code>(what)) {
      bool const first = !login::complaint_of(what);
      co_return login::code{std::string(wrong && first ? "11111" : "12345")};
    }
    if (std::holds_alternative<login::need_password>(what)) {
      bool const first = !login::complaint_of(what);
      co_return login::password{std::string(wrong && first ? "hunter1" : "hunter2")};
    }
    throw std::runtime_error("asked for something else");
  }
};

inline task<> enter(client& c, person& who) {
  auto const asker = [&who](login::step const& what) { return who.hear(what); };
  auto signing_in = with_timeout(c.sign_in(asker), std::chrono::seconds(60));
  auto const me = co_await std::move(signing_in);
  CHECK(me.id() == door::alice);
}

}  // namespace mtp::test
