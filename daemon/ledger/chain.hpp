#pragma once

#include "model/calculation.hpp"
#include "model/digest.hpp"
#include "model/instant.hpp"
#include "model/json.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace licaudit::ledger {

/// The end of the chain: what the next entry builds on.
struct chain_head {
  std::int64_t sequence = 0;
  digest hash{};  ///< zeros before the first entry
};

/// SHA-256 of the RFC 8785 JSON `{"at","kind","payload","previous","sequence"}`; digests in hex.
[[nodiscard]] digest entry_hash(std::int64_t sequence, std::string_view kind, std::int64_t at_ms, const digest& payload,
                                const digest& previous);

/// What a version of a subject is called under a hash: SHA-256 of salt and the RFC 8785 JSON of
/// `{"fields","id","kind","quantity","tenant"}`, or of `null` fields when it left. Without the salt it says nothing.
[[nodiscard]] digest version_digest(std::string_view salt, std::string_view tenant, std::int64_t kind,
                                    std::string_view id, std::int64_t quantity, std::string_view fields_json);

/// What the entry of a change says of its subjects: how many versions, and one digest over the keys and digests of them
/// all, in the order of their numbers.
class versions_digest {
 public:
  void add(std::string_view key, const digest& version);
  [[nodiscard]] json::object form();  ///< `{"count","digest"}`; once

 private:
  digest_stream stream_;
  std::int64_t count_ = 0;
};

/// What the entry of a calculation says of the movements in it: how many, and one digest over them all, in the order of
/// their tenants' ids; each as the RFC 8785 JSON of `[tenant, users added, removed, changed, numbers added, removed,
/// changed]` and an end of line.
class movements_digest {
 public:
  void add(const subject_movement& one);
  [[nodiscard]] json::object form();  ///< `{"count","digest"}`; once

 private:
  digest_stream stream_;
  std::int64_t count_ = 0;
};

}  // namespace licaudit::ledger
