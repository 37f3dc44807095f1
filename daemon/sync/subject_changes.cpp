#include "daemon/sync/subject_changes.hpp"

#include "daemon/ledger/field_text.hpp"
#include "model/instant.hpp"

#include <xxhash.h>

#include <algorithm>
#include <utility>

namespace licaudit::sync {

subject_changes::subject_changes(std::filesystem::path folder)
    : put_(std::move(folder)), index_(0, by_name{this}, by_name{this}) {}

subject_changes::sought subject_changes::seek(std::string_view tenant, subject_kind kind, std::string_view id) {
  room_.assign(tenant).append(1, static_cast<char>(kind)).append(id);
  return {tenant, kind, id, XXH3_64bits(room_.data(), room_.size())};
}

bool subject_changes::is_at(std::uint32_t at, const sought& name) const {
  if (hashes_[at] != name.hash) return false;
  const auto known = put_[at];
  return known.tenant == name.tenant && known.kind == name.kind && known.id == name.id;
}

void subject_changes::append(const subject_view& value, const ledger::line_hash& line, std::int64_t line_number,
                             std::uint64_t hash) {
  put_.add(value, line, line_number);
  hashes_.push_back(hash);
  forgotten_.push_back(false);
  index_.insert(static_cast<std::uint32_t>(hashes_.size() - 1));
}

std::optional<std::int64_t> subject_changes::put_once(const subject_view& value, const ledger::line_hash& line,
                                                      std::int64_t line_number) {
  const auto name = seek(value.tenant, value.kind, value.id);
  const auto found = index_.find(name);
  if (found == index_.end()) {
    append(value, line, line_number, name.hash);
    return std::nullopt;
  }
  const auto earlier = put_[*found];
  if (earlier.line == line) return std::nullopt;
  room_.clear();
  ledger::append_text_of(value.fields, room_);
  if (earlier.quantity == value.quantity && earlier.fields == room_) return std::nullopt;
  return earlier.line_number;
}

void subject_changes::put(const subject_view& value, const ledger::line_hash& line, std::int64_t line_number) {
  const auto name = seek(value.tenant, value.kind, value.id);
  if (value.kind == subject_kind::meter && is_late(name, value)) return;
  forget(name);
  if (!removed_.empty()) removed_.erase({std::string(value.tenant), value.kind, std::string(value.id)});
  append(value, line, line_number, name.hash);
}

/// Another reading of this meter was taken after it.
bool subject_changes::is_late(const sought& name, const subject_view& value) const {
  const auto found = index_.find(name);
  if (found == index_.end()) return false;
  const auto known = ledger::subject_of(put_[*found]);
  std::vector<field_text> room;
  const auto before = parse_rfc3339(text_of(view_of(known, room), "at"));
  const auto now = parse_rfc3339(text_of(value, "at"));
  return before && now && *now < *before;
}

void subject_changes::remove(subject_name name) {
  forget(seek(name.tenant, name.kind, name.id));
  removed_.insert(std::move(name));
}

void subject_changes::forget(const sought& name) {
  const auto found = index_.find(name);
  if (found == index_.end()) return;
  forgotten_[*found] = true;
  index_.erase(found);
}

ledger::packed_subjects subject_changes::take_put() {
  decltype(index_)(0, by_name{this}, by_name{this}).swap(index_);  // it and the hashes have served
  hashes_ = {};
  if (std::find(forgotten_.begin(), forgotten_.end(), true) != forgotten_.end()) put_.erase(forgotten_);
  return std::move(put_);
}

std::vector<subject_name> subject_changes::take_removed() {
  return {removed_.begin(), removed_.end()};
}

}  // namespace licaudit::sync
