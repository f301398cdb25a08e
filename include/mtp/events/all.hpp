// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/events/account_events.hpp>
#include <mtp/events/business.hpp>
#include <mtp/events/calls.hpp>
#include <mtp/events/chat_changes.hpp>
#include <mtp/events/dialogs.hpp>
#include <mtp/events/edited_message.hpp>
#include <mtp/events/event_base.hpp>
#include <mtp/events/event_tag.hpp>
#include <mtp/events/members.hpp>
#include <mtp/events/message_changes.hpp>
#include <mtp/events/new_message.hpp>
#include <mtp/events/other_update.hpp>
#include <mtp/events/payments.hpp>
#include <mtp/events/people.hpp>
#include <mtp/events/queries.hpp>
#include <mtp/events/reactions.hpp>
#include <mtp/events/reading.hpp>
#include <mtp/events/secret_chats.hpp>
#include <mtp/events/stories.hpp>
#include <mtp/events/unknown_update.hpp>
#include <mtp/events/update.hpp>
#include <mtp/events/updates_lost.hpp>
