// SPDX-License-Identifier: MIT OR Apache-2.0
#include <mtp/testing/transcode.hpp>

#include "plan.hpp"
#include "runner.hpp"

namespace mtp::MTP_ABI::testing {

namespace {

std::string_view phrase(transcode_errc code) {
  switch (code) {
    case transcode_errc::truncated: return "the bytes end inside a value";
    case transcode_errc::trailing_bytes: return "something stands behind the value";
    case transcode_errc::unknown_constructor: return "unknown constructor";
    case transcode_errc::unknown_function: return "unknown function";
    case transcode_errc::wrong_constructor: return "constructor of another type";
    case transcode_errc::bad_count: return "a length is larger than the data";
    case transcode_errc::too_deep: return "values are nested too deeply";
    case transcode_errc::too_large: return "the value is too large";
    case transcode_errc::no_counterpart: return "the other layer has nothing for it";
  }
  return "unknown error";
}

}  // namespace

std::string transcode_error::message() const {
  std::string out(phrase(code));
  return name.empty() ? out : out + ": " + name;
}

transcoder::transcoder(std::shared_ptr<document const> from, std::shared_ptr<document const> to,
                       transcode_limits limits)
    : plan_(std::make_shared<transcoding::plan const>(std::move(from), std::move(to))),
      limits_(limits) {}

result<bytes, transcode_error> transcoder::value(bytes_view boxed) const {
  if (boxed.size() > limits_.max_size) return failure{transcode_error{transcode_errc::too_large}};
  return transcoding::runner(*plan_, boxed, limits_).run(plan_->any_value);
}

result<bytes, transcode_error> transcoder::call(bytes_view call) const {
  if (call.size() > limits_.max_size) return failure{transcode_error{transcode_errc::too_large}};
  return transcoding::runner(*plan_, call, limits_).run(plan_->any_call);
}

result<bytes, transcode_error> transcoder::answer(std::string_view function,
                                                  bytes_view answer) const {
  if (answer.size() > limits_.max_size) return failure{transcode_error{transcode_errc::too_large}};
  auto const found = plan_->functions.find(std::string(function));
  if (found == plan_->functions.end())
    return failure{transcode_error{transcode_errc::unknown_function, std::string(function)}};
  transcoding::index const how = plan_->answers[found->second];
  if (how == transcoding::none)
    return failure{transcode_error{transcode_errc::no_counterpart, std::string(function)}};
  return transcoding::runner(*plan_, answer, limits_).run(how);
}

int transcoder::from_layer() const { return plan_->from.text->layer(); }
int transcoder::to_layer() const { return plan_->to.text->layer(); }

}  // namespace mtp::MTP_ABI::testing
