// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

// Everything for writing a bot or a client. The functions and types of the raw API have headers of
// their own: <mtp/tl/functions/messages.hpp>, <mtp/tl/types/InputPeer.hpp>, ...
#include <mtp/client/client.hpp>
#include <mtp/client/client_set.hpp>
#include <mtp/client/config.hpp>
#include <mtp/client/config_for.hpp>
#include <mtp/client/prompt.hpp>
#include <mtp/client/run.hpp>
#include <mtp/client/transfer_handle.hpp>
#include <mtp/client/update_stream.hpp>
#include <mtp/core/as_result.hpp>
#include <mtp/core/error.hpp>
#include <mtp/core/recaptcha_needed.hpp>
#include <mtp/core/refusal.hpp>
#include <mtp/core/task.hpp>
#include <mtp/events/all.hpp>
#include <mtp/methods/account.hpp>
#include <mtp/methods/auth.hpp>
#include <mtp/methods/bots.hpp>
#include <mtp/methods/chats.hpp>
#include <mtp/methods/files.hpp>
#include <mtp/methods/messages.hpp>
#include <mtp/methods/peers.hpp>
#include <mtp/methods/takeout.hpp>
#include <mtp/storage/file_records.hpp>
#include <mtp/storage/memory_records.hpp>
#include <mtp/storage/session_store.hpp>
#include <mtp/storage/store_error.hpp>
#include <mtp/text/html.hpp>
#include <mtp/text/markdown.hpp>
#include <mtp/text/split.hpp>
#include <mtp/text/styles.hpp>
#include <mtp/text/text_error.hpp>
#include <mtp/text/unique_file_id.hpp>
#include <mtp/transfer/mime_type.hpp>
#include <mtp/transfer/progress_bar.hpp>
#include <mtp/transfer/transfer_error.hpp>
#include <mtp/types/callback_data.hpp>
#include <mtp/types/file_ids.hpp>
#include <mtp/types/inline_keyboard.hpp>
#include <mtp/types/reply_keyboard.hpp>
#include <mtp/types/text_entities.hpp>
#include <mtp/types/thumbnails.hpp>
