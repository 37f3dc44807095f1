#pragma once

#include "daemon/ledger/delivery.hpp"
#include "model/subject_view.hpp"

#include <boost/unordered/unordered_flat_set.hpp>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace licaudit::sync {

/// The subjects of one run that were parsed, each once. In memory a subject is a hash of its name and where it lies.
class subject_changes {
 public:
  /// `folder` as for packed_subjects, whose failures come through all members.
  explicit subject_changes(std::filesystem::path folder);
  subject_changes(const subject_changes&) = delete;
  subject_changes& operator=(const subject_changes&) = delete;

  /// Snapshot: keeps the first. The line of an earlier record of the same subject that says something else, if there
  /// is.
  [[nodiscard]] std::optional<std::int64_t> put_once(const subject_view& value, const ledger::line_hash& line,
                                                     std::int64_t line_number);

  /// Delta: the last line of a subject holds; of a meter the one that was read last, where both say when.
  void put(const subject_view& value, const ledger::line_hash& line, std::int64_t line_number);
  void remove(subject_name name);

  [[nodiscard]] ledger::packed_subjects take_put();
  [[nodiscard]] std::vector<subject_name> take_removed();

 private:
  /// A name as it is looked for.
  struct sought {
    std::string_view tenant;
    subject_kind kind;
    std::string_view id;
    std::uint64_t hash;
  };
  struct by_name {
    using is_transparent = void;
    const subject_changes* all;
    std::size_t operator()(std::uint32_t at) const { return all->hashes_[at]; }
    std::size_t operator()(const sought& name) const { return name.hash; }
    bool operator()(std::uint32_t a, std::uint32_t b) const { return a == b; }
    bool operator()(std::uint32_t at, const sought& name) const { return all->is_at(at, name); }
    bool operator()(const sought& name, std::uint32_t at) const { return all->is_at(at, name); }
  };
  [[nodiscard]] sought seek(std::string_view tenant, subject_kind kind, std::string_view id);
  [[nodiscard]] bool is_at(std::uint32_t at, const sought& name) const;
  [[nodiscard]] bool is_late(const sought& name, const subject_view& value) const;
  void append(const subject_view& value, const ledger::line_hash& line, std::int64_t line_number, std::uint64_t hash);
  void forget(const sought& name);

  ledger::packed_subjects put_;
  std::vector<std::uint64_t> hashes_;  ///< of the names, as they lie in `put_`
  std::vector<bool> forgotten_;        ///< likewise: a delta took it back
  boost::unordered_flat_set<std::uint32_t, by_name, by_name> index_;
  std::set<subject_name> removed_;
  std::string room_;
};

}  // namespace licaudit::sync
