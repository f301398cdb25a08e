// SPDX-License-Identifier: MIT OR Apache-2.0
#include "handler_table.hpp"

namespace mtp::MTP_ABI::testing {

handler_table standard_handlers() {
  handler_table table;
  add_account_handlers(table);
  add_account_login_handlers(table);
  add_account_number_handlers(table);
  add_account_password_handlers(table);
  add_bot_handlers(table);
  add_callback_handlers(table);
  add_channel_handlers(table);
  add_chat_handlers(table);
  add_contact_handlers(table);
  add_dialog_handlers(table);
  add_draft_handlers(table);
  add_edit_handlers(table);
  add_email_handlers(table);
  add_forward_handlers(table);
  add_help_handlers(table);
  add_history_handlers(table);
  add_key_handlers(table);
  add_log_in_handlers(table);
  add_media_handlers(table);
  add_passkey_handlers(table);
  add_password_log_in_handlers(table);
  add_pin_handlers(table);
  add_poll_handlers(table);
  add_qr_log_in_handlers(table);
  add_reaction_handlers(table);
  add_reading_handlers(table);
  add_scheduled_handlers(table);
  add_send_handlers(table);
  add_start_up_handlers(table);
  add_takeout_handlers(table);
  add_todo_handlers(table);
  add_transfer_handlers(table);
  add_update_handlers(table);
  add_user_handlers(table);
  add_web_login_handlers(table);
  return table;
}

}  // namespace mtp::MTP_ABI::testing
