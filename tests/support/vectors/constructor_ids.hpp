// SPDX-License-Identifier: MIT OR Apache-2.0
#pragma once

#include <cstdint>
#include <string_view>

// Constructor ids with the text that each is the CRC32 of. Declarations of Telegram's schemas
// (core.telegram.org/mtproto/TL, the schemas of tdlib and gotd), each checked against the id
// printed there.

namespace mtp::test {

struct constructor_id_vector {
  std::string_view definition;
  std::string_view normalised;
  std::uint32_t id;
};

inline constexpr constructor_id_vector constructor_id_vectors[] = {
    {"vector {t:Type} # [ t ] = Vector t", "vector t:Type # [ t ] = Vector t", 0x1cb5c415},
    {"true = True", "true = True", 0x3fedd339},
    {"boolTrue = Bool", "boolTrue = Bool", 0x997275b5},
    {"boolFalse = Bool", "boolFalse = Bool", 0xbc799737},
    {"null = Null", "null = Null", 0x56730bcc},
    {"gzip_packed packed_data:bytes = Object", "gzip_packed packed_data:string = Object",
     0x3072cfa1},
    {"rpc_result req_msg_id:long result:Object = RpcResult",
     "rpc_result req_msg_id:long result:Object = RpcResult", 0xf35c6d01},
    {"msg_container messages:vector<message> = MessageContainer",
     "msg_container messages:vector message = MessageContainer", 0x73f1f8dc},
    {"msgs_ack msg_ids:Vector<long> = MsgsAck", "msgs_ack msg_ids:Vector long = MsgsAck",
     0x62d6b459},
    {"invokeAfterMsg {X:Type} msg_id:long query:!X = X",
     "invokeAfterMsg X:Type msg_id:long query:!X = X", 0xcb9f372d},
    {"invokeWithLayer {X:Type} layer:int query:!X = X",
     "invokeWithLayer X:Type layer:int query:!X = X", 0xda9b0d0d},
    {"req_pq_multi nonce:int128 = ResPQ", "req_pq_multi nonce:int128 = ResPQ", 0xbe7e8ef1},
    {"req_pq nonce:int128 = ResPQ", "req_pq nonce:int128 = ResPQ", 0x60469778},
    {"p_q_inner_data pq:string p:string q:string nonce:int128 server_nonce:int128 new_nonce:int256 "
     "= P_Q_inner_data",
     "p_q_inner_data pq:string p:string q:string nonce:int128 server_nonce:int128 new_nonce:int256 "
     "= P_Q_inner_data",
     0x83c95aec},
    {"p_q_inner_data_dc pq:string p:string q:string nonce:int128 server_nonce:int128 "
     "new_nonce:int256 dc:int = P_Q_inner_data",
     "p_q_inner_data_dc pq:string p:string q:string nonce:int128 server_nonce:int128 "
     "new_nonce:int256 dc:int = P_Q_inner_data",
     0xa9f55f95},
    {"p_q_inner_data_temp pq:string p:string q:string nonce:int128 server_nonce:int128 "
     "new_nonce:int256 expires_in:int = P_Q_inner_data",
     "p_q_inner_data_temp pq:string p:string q:string nonce:int128 server_nonce:int128 "
     "new_nonce:int256 expires_in:int = P_Q_inner_data",
     0x3c6a84d4},
    {"p_q_inner_data_temp_dc pq:string p:string q:string nonce:int128 server_nonce:int128 "
     "new_nonce:int256 dc:int expires_in:int = P_Q_inner_data",
     "p_q_inner_data_temp_dc pq:string p:string q:string nonce:int128 server_nonce:int128 "
     "new_nonce:int256 dc:int expires_in:int = P_Q_inner_data",
     0x56fddf88},
    {"server_DH_params_fail nonce:int128 server_nonce:int128 new_nonce_hash:int128 = "
     "Server_DH_Params",
     "server_DH_params_fail nonce:int128 server_nonce:int128 new_nonce_hash:int128 = "
     "Server_DH_Params",
     0x79cb045d},
    {"ping ping_id:long = Pong", "ping ping_id:long = Pong", 0x7abe77ec},
    {"rpc_answer_dropped msg_id:long seq_no:int bytes:int = RpcDropAnswer",
     "rpc_answer_dropped msg_id:long seq_no:int bytes:int = RpcDropAnswer", 0xa43ad8b7},
    {"future_salts req_msg_id:long now:int salts:vector<future_salt> = FutureSalts",
     "future_salts req_msg_id:long now:int salts:vector future_salt = FutureSalts", 0xae500895},
    {"inputMessagesFilterPhoneCalls flags:# missed:flags.0?true = MessagesFilter",
     "inputMessagesFilterPhoneCalls flags:# = MessagesFilter", 0x80c99768},
    {"updates.getDifference flags:# pts:int pts_limit:flags.1?int pts_total_limit:flags.0?int "
     "date:int qts:int qts_limit:flags.2?int = updates.Difference",
     "updates.getDifference flags:# pts:int pts_limit:flags.1?int pts_total_limit:flags.0?int "
     "date:int qts:int qts_limit:flags.2?int = updates.Difference",
     0x19c2f763},
    {"auth.bindTempAuthKey perm_auth_key_id:long nonce:long expires_at:int encrypted_message:bytes "
     "= Bool",
     "auth.bindTempAuthKey perm_auth_key_id:long nonce:long expires_at:int "
     "encrypted_message:string = Bool",
     0xcdd42a05},
    {"decryptedMessageLayer random_bytes:bytes layer:int in_seq_no:int out_seq_no:int "
     "message:DecryptedMessage = DecryptedMessageLayer",
     "decryptedMessageLayer random_bytes:string layer:int in_seq_no:int out_seq_no:int "
     "message:DecryptedMessage = DecryptedMessageLayer",
     0x1be31789},
    {"bind_auth_key_inner nonce:long temp_auth_key_id:long perm_auth_key_id:long "
     "temp_session_id:long expires_at:int = BindAuthKeyInner",
     "bind_auth_key_inner nonce:long temp_auth_key_id:long perm_auth_key_id:long "
     "temp_session_id:long expires_at:int = BindAuthKeyInner",
     0x75a3f765},
};

}  // namespace mtp::test
