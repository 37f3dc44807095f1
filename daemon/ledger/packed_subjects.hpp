#pragma once

#include "daemon/ledger/unlinked_file.hpp"
#include "model/subject_view.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace licaudit::ledger {

/// A keyed hash of a line as the source printed it, together with how the settings read it. A line that a source
/// printed before, byte for byte, needs no parsing: that is what makes an unchanged snapshot cheap. (What was received
/// is proven by the SHA-256 of the whole stream.)
using line_hash = std::array<unsigned char, 16>;

/// A subject as it is stored, and the line that gave it.
struct packed_subject {
  std::string_view tenant;
  subject_kind kind = subject_kind::user;
  std::string_view id;
  std::int64_t quantity = 1;
  std::string_view fields;  ///< by text_of
  line_hash line{};
  std::int64_t line_number = 0;  ///< in the stream, from 1, for messages; 0: it came in none
};
[[nodiscard]] subject_name name_of(const packed_subject& one);
[[nodiscard]] subject subject_of(const packed_subject& one);

/// Subjects by the million, one behind the other as text: the last of them in memory, the others in a file without a
/// name. What is asked for in order is read in order; what is not costs a read each.
class packed_subjects {
 public:
  /// `folder` is where the file lies, if it comes to one; empty: where temporary files do.
  explicit packed_subjects(std::filesystem::path folder = {}, std::size_t most_in_memory = std::size_t{4} << 20U);

  /// Throws storage_error where there is no room; they are of no use then.
  void add(const subject_view& value, const line_hash& line, std::int64_t line_number);
  void add(const subject& value, const line_hash& line, std::int64_t line_number);

  [[nodiscard]] std::size_t size() const { return begins_.size(); }
  [[nodiscard]] bool empty() const { return begins_.empty(); }
  /// Good until the next call. Throws storage_error where it cannot be read.
  [[nodiscard]] packed_subject operator[](std::size_t which) const;

  /// Leaves out those that are marked; the others keep their order.
  void erase(const std::vector<bool>& marked);

 private:
  [[nodiscard]] std::string_view bytes_at(std::uint64_t begin, std::size_t least) const;

  std::filesystem::path folder_;
  std::size_t most_in_memory_;
  std::unique_ptr<unlinked_file> file_;
  std::vector<std::uint64_t> begins_;
  std::uint64_t in_file_ = 0;  ///< bytes
  std::string tail_;           ///< what comes behind those in the file

  // What was read last from the file.
  mutable std::string window_;
  mutable std::uint64_t window_begin_ = 0;
  mutable std::uint64_t next_ = 0;  ///< what follows it
};

}  // namespace licaudit::ledger
