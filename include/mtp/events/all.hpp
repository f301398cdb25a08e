// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <mtp/events/event_tag.hpp>
#include <mtp/events/new_message.hpp>
#include <mtp/events/other_update.hpp>
#include <mtp/events/unknown_update.hpp>
#include <mtp/events/update.hpp>
