// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include "call_context.hpp"
#include "tl_values.hpp"

namespace mtp::MTP_ABI::testing {

/// Turns what a client sends into what a message carries; uploaded parts become a stored file.
///
/// Errors: MEDIA_INVALID, MEDIA_EMPTY, those of file_store::assemble, FILE_REFERENCE_*.
outcome<tl::MessageMedia> make_media(call_context& c, tl::InputMedia const& media);

/// The part of it for what is neither a file nor a fixed place nor somebody.
///
/// Errors: POLL_QUESTION_INVALID, POLL_ANSWERS_INVALID, POLL_ANSWER_INVALID,
/// QUIZ_CORRECT_ANSWERS_...,
/// TODO_ITEMS_EMPTY, TODO_ITEMS_TOO_MUCH, TODO_ITEM_DUPLICATE, PERIOD_INVALID, STORY_ID_INVALID,
/// GAME_BOT_INVALID, USER_BOT_REQUIRED, MEDIA_INVALID, MEDIA_EMPTY.
outcome<tl::MessageMedia> make_other_media(call_context& c, tl::InputMedia const& media);

}  // namespace mtp::MTP_ABI::testing
