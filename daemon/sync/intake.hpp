#pragma once

#include "daemon/ledger/delivery.hpp"
#include "daemon/sync/given_index.hpp"
#include "daemon/sync/reading_rules.hpp"
#include "daemon/sync/run_ending.hpp"
#include "daemon/sync/run_progress.hpp"
#include "daemon/sync/subject_changes.hpp"
#include "daemon/sync/tenant_changes.hpp"
#include "model/digest.hpp"
#include "plugins/sdk/record_reader.hpp"
#include "plugins/sdk/subject_line.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace licaudit::sync {

/// Whether a source may answer with a delta. After exit status 75 it may not: what it gave before would stay for ever.
enum class delta_answer : std::uint8_t { allowed, refused };

/// Digests the output of one run into a delivery, slice by slice; no clock, no thread of its own, and no I/O but what
/// packed_subjects put aside. A line of a snapshot that the source gave before, byte for byte, is only marked as seen.
class intake {
 public:
  intake(reading_rules rules, ledger::given_inventory given, delta_answer delta = delta_answer::allowed);

  /// The next bytes of standard output. False once the run is lost, whatever follows.
  [[nodiscard]] bool feed(std::string_view bytes);

  [[nodiscard]] const run_progress& progress() const { return progress_; }

  /// Whole or nothing: if anything is wrong with the run, only `run` is filled in. Once.
  [[nodiscard]] ledger::delivery finish(const run_ending& ending, instant started, instant ended);

 private:
  /// A reading, by the line that gave it.
  struct dated_line {
    instant at{};
    std::int64_t line = 0;
    std::string meter;
  };

  [[nodiscard]] bool take_lines();
  [[nodiscard]] result<void> take_line(const sdk::numbered_line& line);
  [[nodiscard]] result<void> take_seen(std::string_view line);
  [[nodiscard]] result<void> take_record(sdk::parsed_record parsed, const ledger::line_hash& hash, std::int64_t line);
  void take(const begin_record&, const ledger::line_hash&, std::int64_t) {}
  void take(const end_record&, const ledger::line_hash&, std::int64_t) {}
  void take(tenant_record record, const ledger::line_hash& hash, std::int64_t line);
  void take(const subject_record& record, const ledger::line_hash& hash, std::int64_t line);
  void take(remove_record record, const ledger::line_hash& hash, std::int64_t line);
  void take(remove_tenant_record record, const ledger::line_hash& hash, std::int64_t line);
  void take(const left_out_record& record, const ledger::line_hash& hash, std::int64_t line);
  void take(progress_record record, const ledger::line_hash& hash, std::int64_t line);

  [[nodiscard]] ledger::line_hash hash_of(std::string_view line) const;
  void count(subject_kind kind);
  void set_aside(std::string tenant, std::int64_t line, const std::string& what, std::string_view subject = {});
  void take(subject_view value, const ledger::line_hash& hash, std::int64_t line);
  /// Whose it is, unless it is left out or set aside.
  [[nodiscard]] std::optional<std::string> tenant_of(const subject_view& value, std::int64_t line);
  [[nodiscard]] std::optional<std::string> tenant_of_removed(const subject_view& name, std::int64_t line);
  [[nodiscard]] std::optional<std::string> tenant_of_settings(const subject_view& value, std::int64_t line);
  void note_reading(const subject_view& meter, std::int64_t line);
  void refuse_readings_from_the_future(instant ended);
  [[nodiscard]] std::string problem_at_end(const run_ending& ending) const;

  reading_rules rules_;
  std::uint64_t hash_seed_;
  subject_changes subjects_;
  given_index given_;
  delta_answer delta_;
  sdk::line_splitter lines_;
  sdk::stream_protocol protocol_;
  digest_stream digest_;
  std::string problem_;
  run_progress progress_;
  source_run run_;
  tenant_changes tenants_;
  std::vector<ledger::set_aside> faulty_;
  std::map<std::string, int, std::less<>> faulty_by_tenant_;
  std::map<std::string, dated_line, std::less<>> latest_readings_;  ///< by tenant
  sdk::subject_line ordinary_;
  std::vector<field_text> fields_;  ///< room for those of a record that is not
};

}  // namespace licaudit::sync
