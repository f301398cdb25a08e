// SPDX-License-Identifier: MIT OR Apache-2.0
#include "compose.hpp"

// Layer 229 parted buttons under messages from those beside the keyboard, and all of them from
// their kinds.

namespace {

using namespace mtp::test;

document_ptr const& before() {
  static auto const text = make_schema(read_test_file("support/schemas/layer_224.tl"));
  return text;
}
document_ptr ours() { return mtp::testing::own_schema(); }

bytes old(std::string_view name, named_fields fields = {}) {
  return compose(before(), name, std::move(fields));
}
bytes now(std::string_view name, named_fields fields = {}) {
  return compose(ours(), name, std::move(fields));
}

transcoder const& up() {
  static transcoder const one(before(), ours());
  return one;
}
transcoder const& down() {
  static transcoder const one(ours(), before());
  return one;
}

std::string shown(mtp::result<bytes, transcode_error> const& done) { return two_layers::hex(done); }

bytes red() { return now("keyboardButtonStyle", {{"bg_danger", flag()}}); }
bytes bot() { return now("inputUser", {{"user_id", i64(7)}, {"access_hash", i64(8)}}); }

bytes old_rows(std::vector<bytes> const& buttons) {
  return list({old("keyboardButtonRow", {{"buttons", list(buttons)}})});
}

/// Both kinds of markup, as they were and as they are, with the same buttons.
struct both {
  bytes old;
  bytes now;
};

both under_a_message() {
  both out;
  out.old = ::old(
      "replyInlineMarkup",
      {{"rows",
        old_rows({::old("keyboardButtonUrl",
                        {{"style", red()}, {"text", text("a")}, {"url", text("u")}}),
                  ::old("keyboardButtonCallback",
                        {{"requires_password", flag()}, {"text", text("b")}, {"data", text("d")}}),
                  ::old("keyboardButtonCallback", {{"text", text("c")}, {"data", text("")}}),
                  ::old("keyboardButtonSwitchInline",
                        {{"same_peer", flag()},
                         {"text", text("d")},
                         {"query", text("q")},
                         {"peer_types", list({::old("inlineQueryPeerTypePM")})}}),
                  ::old("inputKeyboardButtonUrlAuth", {{"request_write_access", flag()},
                                                       {"style", red()},
                                                       {"text", text("e")},
                                                       {"fwd_text", text("f")},
                                                       {"url", text("u")},
                                                       {"bot", bot()}}),
                  ::old("keyboardButtonBuy", {{"text", text("g")}})})}});
  auto const button = [](std::string_view words, bytes type, bool is_red = false) {
    named_fields fields{{"text", text(words)}, {"type", std::move(type)}};
    if (is_red) fields["style"] = red();
    return ::now("keyboardInlineButton", fields);
  };
  bytes const row =
      list({button("a", ::now("inlineButtonTypeUrl", {{"url", text("u")}}), true),
            button("b", ::now("inlineButtonTypeCallback",
                              {{"requires_password", flag()}, {"data", text("d")}})),
            button("c", ::now("inlineButtonTypeCallback", {{"data", text("")}})),
            button("d", ::now("inlineButtonTypeSwitchInline",
                              {{"same_peer", flag()},
                               {"query", text("q")},
                               {"peer_types", list({::now("inlineQueryPeerTypePM")})}})),
            button("e",
                   ::now("inputInlineButtonTypeUrlAuth", {{"request_write_access", flag()},
                                                          {"fwd_text", text("f")},
                                                          {"url", text("u")},
                                                          {"bot", bot()}}),
                   true),
            button("g", ::now("inlineButtonTypeBuy"))});
  out.now = ::now("replyInlineMarkup",
                  {{"rows", list({::now("keyboardInlineButtonRow", {{"buttons", row}})})}});
  return out;
}

both beside_the_keyboard() {
  both out;
  bytes const no = old("boolFalse");
  out.old = ::old(
      "replyKeyboardMarkup",
      {{"resize", flag()},
       {"rows",
        old_rows(
            {::old("keyboardButton", {{"text", text("a")}}),
             ::old("keyboardButtonRequestPhone", {{"style", red()}, {"text", text("b")}}),
             ::old("keyboardButtonRequestPoll", {{"quiz", no}, {"text", text("c")}}),
             ::old("keyboardButtonSimpleWebView", {{"text", text("d")}, {"url", text("u")}})})}});
  bytes const row = list(
      {::now("keyboardButton", {{"text", text("a")}, {"type", ::now("buttonTypeDefault")}}),
       ::now("keyboardButton",
             {{"style", red()}, {"text", text("b")}, {"type", ::now("buttonTypeRequestPhone")}}),
       ::now("keyboardButton",
             {{"text", text("c")}, {"type", ::now("buttonTypeRequestPoll", {{"quiz", no}})}}),
       ::now("keyboardButton",
             {{"text", text("d")},
              {"type", ::now("buttonTypeSimpleWebView", {{"url", text("u")}})}})});
  out.now =
      ::now("replyKeyboardMarkup",
            {{"resize", flag()}, {"rows", list({::now("keyboardButtonRow", {{"buttons", row}})})}});
  return out;
}

TEST_CASE("keyboards from before layer 229 keep their buttons", "[transcode][keyboards]") {
  for (auto const& one : {under_a_message(), beside_the_keyboard()}) {
    CHECK(shown(up().value(one.old)) == hex(one.now));
    CHECK(shown(down().value(one.now)) == hex(one.old));
  }
}

TEST_CASE("a button that was not there before layer 229 is left out", "[transcode][keyboards]") {
  auto const markup = [](std::vector<bytes> const& buttons) {
    bytes const row = now("keyboardInlineButtonRow", {{"buttons", list(buttons)}});
    return now("replyInlineMarkup", {{"rows", list({row})}});
  };
  auto const button = [](std::string_view kind) {
    return now("keyboardInlineButton", {{"text", text("a")}, {"type", now(kind)}});
  };
  bytes const game = old("keyboardButtonGame", {{"text", text("a")}});
  CHECK(shown(down().value(
            markup({button("inlineButtonTypeDisabled"), button("inlineButtonTypeGame")}))) ==
        hex(old("replyInlineMarkup", {{"rows", old_rows({game})}})));
}

TEST_CASE("a bot that is not named any more is an empty one", "[transcode][keyboards]") {
  bytes const asks = now("inputInlineButtonTypeUrlAuth", {{"url", text("u")}});
  bytes const button = now("keyboardInlineButton", {{"text", text("a")}, {"type", asks}});
  bytes const row = now("keyboardInlineButtonRow", {{"buttons", list({button})}});
  bytes const wanted =
      old("inputKeyboardButtonUrlAuth",
          {{"text", text("a")}, {"url", text("u")}, {"bot", old("inputUserEmpty")}});
  CHECK(shown(down().value(now("replyInlineMarkup", {{"rows", list({row})}}))) ==
        hex(old("replyInlineMarkup", {{"rows", old_rows({wanted})}})));
}

TEST_CASE("a keyboard that is cut short is an error at every byte", "[transcode][keyboards]") {
  for (auto const& one : {under_a_message(), beside_the_keyboard()}) {
    for (std::size_t size = 0; size < one.now.size(); ++size)
      CHECK_FALSE(down().value(mtp::bytes_view(one.now).first(size)).has_value());
    for (std::size_t size = 0; size < one.old.size(); ++size)
      CHECK_FALSE(up().value(mtp::bytes_view(one.old).first(size)).has_value());
  }
}

}  // namespace
