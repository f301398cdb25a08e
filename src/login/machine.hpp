// SPDX-License-Identifier: MIT OR Apache-2.0
//
// https://core.telegram.org/api/auth, /api/srp and /api/qr-login
#pragma once

#include "login/kept_code.hpp"

#include <mtp/core/clock.hpp>
#include <mtp/core/secret.hpp>
#include <mtp/login/answer.hpp>
#include <mtp/login/step.hpp>
#include <mtp/tl/functions/account.hpp>
#include <mtp/tl/functions/auth.hpp>
#include <mtp/tl/functions/help.hpp>
#include <mtp/tl/functions/users.hpp>
#include <mtp/tl/list.hpp>
#include <mtp/tl/received.hpp>
#include <mtp/tl/types/EmailVerification.hpp>
#include <mtp/tl/types/EmailVerifyPurpose.hpp>
#include <mtp/tl/types/InputUser.hpp>
#include <mtp/tl/types/User.hpp>
#include <mtp/tl/types/auth/Authorization.hpp>
#include <mtp/tl/types/auth/PasskeyLoginOptions.hpp>
#include <mtp/tl/types/auth/SentCode.hpp>

#include <string>
#include <system_error>
#include <variant>
#include <vector>

namespace mtp::MTP_ABI::login {

/// What a program says of itself, and the tokens of earlier log-outs.
struct application {
  int api_id = 0;
  std::string api_hash = {};
  int dc = 0;            ///< the data centre that is asked
  std::int64_t key = 0;  ///< the id of the permanent key there; 0 while there is none
  std::vector<secret<bytes>> tokens = {};
  bool firebase = false;  ///< it gets tokens of Firebase by itself
};

/// Decides about one log-in: what the person is asked, what the server is asked, what its answers
/// mean. Performs nothing, reads no clock.
///
/// The driver asks for the next action, performs it, and says what came of it. Whatever is broken
/// off is begun again by asking once more.
class machine {
 public:
  // --- What to do
  /// The person has to say something: needed().
  struct ask {};
  using request =
      std::variant<tl::auth::sendCode, tl::auth::resendCode, tl::auth::cancelCode, tl::auth::signIn,
                   tl::auth::signUp, tl::auth::importBotAuthorization, tl::auth::exportLoginToken,
                   tl::auth::importLoginToken, tl::account::getPassword, tl::auth::checkPassword,
                   tl::auth::requestPasswordRecovery, tl::auth::recoverPassword,
                   tl::account::sendVerifyEmailCode, tl::account::verifyEmail, tl::users::getUsers,
                   tl::help::acceptTermsOfService, tl::auth::checkPaidAuth,
                   tl::auth::initPasskeyLogin, tl::auth::finishPasskeyLogin,
                   tl::auth::requestFirebaseSms, tl::auth::reportMissingCode>;
  struct perform {
    request what;
  };
  /// The password has to be proved, which takes long: on_proved().
  struct prove {
    password_challenge challenge;
    secret<std::string> password;
  };
  /// Until then, or until on_scanned().
  struct wait_for_scan {
    steady_time until;
  };
  /// The account is at home elsewhere: on_moved().
  struct move_home {
    int dc;
  };
  /// Somebody is signed in: on_accepted(). With `token` as a bot.
  struct accept {
    received<tl::auth::Authorization> login;
    secret<std::string> token;
  };
  /// The log-in cannot go on in this way; the person may answer in another.
  struct give_up {
    std::error_code code;
    std::string text;
  };
  using action = std::variant<ask, perform, prove, wait_for_scan, move_home, accept, give_up>;

  /// Whoever was asked has had the time to answer; a QR code that was shown is waited for.
  void go_on();
  action next(application const& who, moment now);
  /// Whether a login that was stored earlier may still be good.
  bool looks_for_login() const noexcept { return !nobody_known_; }
  void on_nobody_known() noexcept { nobody_known_ = true; }
  step const& needed() const noexcept { return step_; }

  // --- The person
  /// False when it is no answer to what is needed.
  bool take(answer what);
  /// The token that a bot will sign in with; empty when none was given.
  std::string const& token() const noexcept { return token_.reveal(); }

  // --- A code that an earlier start had sent
  /// True once: nobody has looked yet whether one is kept.
  bool wants_kept() noexcept;
  /// That one is: it counts if it is still good.
  void remember(kept_code what, std::chrono::sys_seconds now);
  /// The code to be kept now; empty when there is none.
  std::optional<kept_code> to_keep() const;

  // --- What came of a request
  void on_answer(received<tl::auth::SentCode> const& sent, moment now);
  void on_answer(received<tl::auth::Authorization> login, moment now);
  void on_answer(received<tl::auth::LoginToken> const& token, moment now);
  void on_answer(received<tl::auth::PasskeyLoginOptions> const& asked, moment now);
  void on_answer(received<tl::account::Password> const& password, moment now);
  void on_answer(received<tl::auth::PasswordRecovery> const& recovery, moment now);
  void on_answer(received<tl::account::SentEmailCode> const& sent, moment now);
  void on_answer(received<tl::account::EmailVerified> const& verified, moment now);
  void on_answer(received<tl::list<tl::User>> const& found, moment now);
  void on_answer(bool yes, moment now);
  /// False when nobody here can do anything about it: it goes to the caller.
  bool on_refused(rpc_failure const& why);
  /// Nobody knows whether the request was executed: it was lost, or the caller broke it off. False
  /// when that happened too often.
  bool on_lost();

  // --- What came of the rest
  void on_proved(password_proof proof);
  void on_unprovable(protocol_errc why);
  void on_scanned() { scanned_ = true; }
  void on_moved();
  void on_accepted(user me);
  /// That login cannot be taken over.
  void on_denied();
  /// That did not work: the data centre is not known.
  void on_immovable();

 private:
  enum class errand {
    ask,
    send_code,
    resend_code,
    cancel_code,
    sign_in,
    sign_up,
    accept_terms,
    sign_in_bot,
    export_token,
    import_token,
    move,
    wait_for_scan,
    get_password,
    prove,
    check_password,
    request_recovery,
    recover,
    send_email_code,
    verify_email,
    check_paid,
    init_passkey,
    finish_passkey,
    request_firebase,
    report_missing,
    find_out,
    accept,
    ask_who,
    give_up,
  };
  enum class identity { none, phone, bot, device, passkey };
  /// What a refusal leads to.
  enum class remedy {
    ask_again,
    ask_who,
    send_email_code,
    send_code,
    get_password,
    export_token,
    init_passkey,
  };
  struct refusal_row;
  /// Neither a clock that is wrong nor a server that refuses makes anybody ask all the time.
  static constexpr std::chrono::seconds min_scan{5};

  static refusal_row const* find_row(errand what, std::string_view name);

  request request_of(application const& who) const;
  tl::auth::resendCode resend_code_request() const;
  tl::auth::sendCode send_code_request(application const& who) const;
  tl::auth::signIn sign_in_request() const;
  tl::auth::signUp sign_up_request() const;
  tl::auth::importBotAuthorization token_request(application const& who) const;
  tl::auth::exportLoginToken export_request(application const& who) const;
  tl::EmailVerifyPurpose email_purpose() const;
  tl::account::sendVerifyEmailCode email_code_request() const;
  tl::account::verifyEmail verify_email_request() const;
  tl::auth::checkPaidAuth check_paid_request() const;
  tl::auth::initPasskeyLogin passkey_request(application const& who) const;
  tl::auth::finishPasskeyLogin finish_passkey_request(application const& who) const;
  tl::auth::requestFirebaseSms firebase_request_of() const;
  tl::auth::reportMissingCode missing_code_request() const;

  bool leaves_for_passkey(application const& who);
  void on_firebase(bool accepted);
  bool resume_kept();
  template <class Step>
  void show(Step what);
  bool complain(reason what, rpc_failure const& why);
  void give_up_with(std::error_code code, std::string text);
  void take_sent_code(tl::auth::sentCode const& code);
  void ask_for_payment(tl::auth::sentCodePaymentRequired const& asked);
  void show_token(tl::auth::loginToken const& fresh, moment now);
  bool begin_anew(rpc_failure const& why);
  void begin_by_identity();
  void repeat_lost();
  bool leads_to_password(errand refused) const;
  bool is_meant(tl::user const& me) const;
  bool refuse_by_class(errand was, rpc_failure const& why);
  bool refuse_by_name(errand was, rpc_failure const& why);
  bool goes_round() noexcept;
  bool follow(refusal_row const& row, rpc_failure const& why);
  void forget_secrets();
  bool signs_in() const;

  // Answers, by the step that they answer.
  template <class Step, class Answer>
  bool on(Step const&, Answer&&) {
    return false;
  }
  bool on(need_identity const&, phone_number&& who) { return take_phone(std::move(who)); }
  bool on(need_identity const&, bot_token&& who) { return take_token(std::move(who)); }
  bool on(need_identity const&, by_qr&&) { return take_qr(); }
  bool on(need_identity const&, by_passkey&&) { return take_passkey(); }
  bool on(need_passkey const&, passkey_assertion&& made);
  bool on(need_passkey const&, phone_number&& who) { return take_phone(std::move(who)); }
  bool on(need_passkey const&, bot_token&& who) { return take_token(std::move(who)); }
  bool on(need_passkey const&, by_qr&&) { return take_qr(); }
  bool on(need_passkey const&, by_passkey&&) { return take_passkey(); }
  bool on(need_scan const&, by_passkey&&) { return take_passkey(); }
  bool on(need_scan const&, phone_number&& who) { return take_phone(std::move(who)); }
  bool on(need_scan const&, bot_token&& who) { return take_token(std::move(who)); }
  bool on(need_scan const&, by_qr&&) { return take_qr(); }
  bool on(need_code const&, code&& typed) { return take_code(std::move(typed), errand::sign_in); }
  bool on(need_code const&, resend_code&&);
  bool on(need_code const& asked, firebase_token&& made);
  bool on(need_code const&, code_missing&& where);
  bool on(need_payment const&, paid&& by);
  bool on(need_payment const&, other_number&&) { return begin(errand::cancel_code); }
  bool on(need_code const&, other_number&&) { return begin(errand::cancel_code); }
  bool on(need_password const&, password&& typed);
  bool on(need_password const&, password_proof&& made);
  bool on(need_password const&, recover_password&&);
  bool on(need_password const&, other_number&&) { return begin(errand::ask_who); }
  bool on(need_recovery_code const&, code&& typed) {
    return take_code(std::move(typed), errand::recover);
  }
  bool on(need_recovery_code const&, other_number&&) { return begin(errand::ask_who); }
  bool on(need_sign_up const&, new_name&& name);
  bool on(need_sign_up const&, other_number&&) { return begin(errand::cancel_code); }
  bool on(need_email const&, email_address&& where);
  bool on(need_email const&, other_number&&) { return begin(errand::cancel_code); }
  bool on(need_email_code const&, code&& typed) {
    return take_code(std::move(typed), errand::verify_email);
  }
  bool on(need_email_code const&, resend_code&&) { return begin(errand::send_email_code); }
  bool on(need_email_code const&, other_number&&) { return begin(errand::cancel_code); }
  void identify(identity what, secret<std::string> phone, secret<std::string> token);
  bool take_phone(phone_number who);
  bool take_token(bot_token who);
  bool take_qr();
  bool take_passkey();
  bool take_code(code typed, errand then);
  bool ask_who();
  bool begin(errand what);

  step step_ = need_identity{};
  errand errand_ = errand::ask;
  complaint next_complaint_ = {};  ///< goes with the step that comes next
  give_up failure_ = {};

  // What the person said.
  identity identity_ = identity::none;
  secret<std::string> phone_;
  secret<std::string> token_;
  secret<std::string> typed_;     ///< a code
  secret<std::string> password_;  ///< until the server has looked at it
  secret<std::string> address_;
  new_name name_;
  bool can_firebase_ = false;
  code_options how_;
  firebase_token firebase_;
  std::string no_token_;  ///< why Firebase has none
  std::string network_;
  std::int64_t payment_form_ = 0;
  passkey_assertion passkey_;
  std::optional<password_proof> proof_;

  // What the server said.
  std::optional<kept_code> kept_;  ///< until somebody was named
  std::chrono::seconds kept_wait_ = {};
  bool asked_for_kept_ = false;
  std::chrono::sys_seconds code_at_ = {};  ///< when the code was sent
  std::chrono::seconds code_wait_ = {};    ///< after that, before it may be sent again
  std::string code_hash_;
  bool code_by_email_ = false;
  int challenge_dc_ = 0;  ///< where a passkey was challenged, and under which key
  std::int64_t challenge_key_ = 0;
  std::optional<std::string> terms_id_;
  secret<bytes> qr_token_;
  int other_dc_ = 0;
  received<tl::auth::Authorization> login_;

  bool nobody_known_ = false;
  bool scanned_ = false;
  steady_time scan_until_ = {};
  std::optional<std::chrono::seconds> pause_;  ///< before the next QR code is asked for
  steady_time not_before_ = {};                ///< the end of that
  errand lost_ = errand::ask;  ///< what nobody knows the outcome of, or what is done then instead
  bool renamed_ = false;       ///< somebody else was named since it was lost
  bool unsettled_ = false;     ///< finding that out has to wait for the person
  int requests_ = 0;           ///< since the person said something, or a QR code was waited for
  int losses_ = 0;
  int restarts_ = 0;
  int stale_proofs_ = 0;
  int refused_tokens_ = 0;
};

}  // namespace mtp::MTP_ABI::login
