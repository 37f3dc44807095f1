#include "daemon/ledger/packed_subjects.hpp"

#include "daemon/ledger/database.hpp"
#include "daemon/ledger/field_text.hpp"

#include <algorithm>
#include <cstring>
#include <utility>

namespace licaudit::ledger {

namespace {

constexpr std::size_t read_in_order = std::size_t{256} << 10U, read_alone = 1024;

/// In front of tenant, id and fields.
struct head {
  line_hash line;
  std::int64_t line_number, quantity;
  std::uint32_t fields_bytes;
  std::uint16_t tenant_bytes, id_bytes;
  subject_kind kind;

  [[nodiscard]] std::size_t record_bytes() const { return sizeof(head) + tenant_bytes + id_bytes + fields_bytes; }
};

head head_of(std::string_view bytes) {
  head read;
  std::memcpy(&read, bytes.data(), sizeof read);
  return read;
}

}  // namespace

subject_name name_of(const packed_subject& one) {
  return {std::string(one.tenant), one.kind, std::string(one.id)};
}

subject subject_of(const packed_subject& one) {
  return {name_of(one), fields_of(one.fields), one.quantity};
}

packed_subjects::packed_subjects(std::filesystem::path folder, std::size_t most_in_memory)
    : folder_(std::move(folder)), most_in_memory_(most_in_memory) {}

void packed_subjects::add(const subject_view& value, const line_hash& line, std::int64_t line_number) {
  if (tail_.size() >= most_in_memory_) {
    if (!file_)
      file_ = std::make_unique<unlinked_file>(folder_.empty() ? std::filesystem::temp_directory_path() : folder_);
    file_->append(tail_);
    in_file_ += tail_.size();
    tail_.clear();
  }
  const auto begin = tail_.size();
  tail_.append(sizeof(head), '\0');
  tail_.append(value.tenant).append(value.id);
  const auto fields = tail_.size();
  append_text_of(value.fields, tail_);
  head made{};
  made.line = line;
  made.line_number = line_number;
  made.quantity = value.quantity;
  made.fields_bytes = static_cast<std::uint32_t>(tail_.size() - fields);
  made.tenant_bytes = static_cast<std::uint16_t>(value.tenant.size());
  made.id_bytes = static_cast<std::uint16_t>(value.id.size());
  made.kind = value.kind;
  std::memcpy(tail_.data() + begin, &made, sizeof made);
  begins_.push_back(in_file_ + begin);
}

void packed_subjects::add(const subject& value, const line_hash& line, std::int64_t line_number) {
  std::vector<field_text> room;
  add(view_of(value, room), line, line_number);
}

packed_subject packed_subjects::operator[](std::size_t which) const {
  const auto begin = begins_[which];
  const auto known = head_of(bytes_at(begin, sizeof(head)));
  auto rest = bytes_at(begin, known.record_bytes()).substr(sizeof(head));
  const auto take = [&rest](std::size_t bytes) {
    const auto text = rest.substr(0, bytes);
    rest.remove_prefix(bytes);
    return text;
  };
  packed_subject one;
  one.tenant = take(known.tenant_bytes);
  one.kind = known.kind;
  one.id = take(known.id_bytes);
  one.quantity = known.quantity;
  one.fields = take(known.fields_bytes);
  one.line = known.line;
  one.line_number = known.line_number;
  next_ = begin + known.record_bytes();
  return one;
}

std::string_view packed_subjects::bytes_at(std::uint64_t begin, std::size_t least) const {
  if (begin >= in_file_) return std::string_view(tail_).substr(begin - in_file_);
  if (begin < window_begin_ || begin + least > window_begin_ + window_.size()) {
    window_.resize(std::max(least, begin == next_ ? read_in_order : read_alone));
    file_->read(begin, window_);
    window_begin_ = begin;
    if (window_.size() < least) throw storage_error("what a source gave was cut off where it was put aside", false);
  }
  return std::string_view(window_).substr(begin - window_begin_);
}

void packed_subjects::erase(const std::vector<bool>& marked) {
  std::size_t at = 0;
  std::erase_if(begins_, [&](std::uint64_t) { return marked[at++]; });
}

}  // namespace licaudit::ledger
