#pragma once

#include "daemon/audit/office.hpp"
#include "daemon/ledger/ledger.hpp"
#include "daemon/ledger/reader.hpp"

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace licaudit::audit {

/// The five UMP factors, as the catalogue has them.
[[nodiscard]] std::shared_ptr<const factors::rules> ump_rules();
[[nodiscard]] std::shared_ptr<const factors::rules> rules_of(std::string_view json_text);

/// An office on a ledger in a folder of its own, with a clock that moves only when told.
class scene {
 public:
  scene();
  ~scene();
  scene(const scene&) = delete;
  scene& operator=(const scene&) = delete;

  /// Closes everything and opens it again, as a restart does.
  void restart();
  void pass(std::chrono::milliseconds time) { now_ += time; }
  void set_clock(instant at) { now_ = at; }

  [[nodiscard]] audit::office& office() { return *office_; }
  [[nodiscard]] ledger::ledger& book() { return *book_; }
  [[nodiscard]] ledger::reader& reader() { return *reader_; }
  [[nodiscard]] std::shared_ptr<const view> seen() { return office_->current(); }

  policy how;

  /// A run of `tenants` that lists exactly these.
  run_outcome give_tenants(const std::vector<std::string>& records);

  /// A snapshot of a source: the subjects that it gives from now on, each as `user contoso ann {fields}`.
  run_outcome give(const std::string& source, const std::vector<subject>& all);
  run_outcome give_delta(const std::string& source, const std::vector<subject>& put,
                         const std::vector<subject_name>& removed);
  run_outcome fail(const std::string& source, const std::string& problem);
  /// As the schedule does it.
  calculation_stamp calculate();

  /// `12 (34)` of a factor, as the page of a tenant shows it.
  [[nodiscard]] std::string text(const std::string& tenant, const std::string& factor);
  [[nodiscard]] const licence_tally& ump(const std::string& tenant);
  [[nodiscard]] std::vector<std::string> finding_kinds();
  [[nodiscard]] std::vector<finding> findings_of(std::string_view kind);

 private:
  void open();
  [[nodiscard]] ledger::delivery begin(const std::string& source) const;

  std::filesystem::path folder_;
  instant now_;
  std::unique_ptr<ledger::ledger> book_;
  std::unique_ptr<ledger::reader> reader_;
  std::unique_ptr<audit::office> office_;
};

[[nodiscard]] subject user(const std::string& tenant, const std::string& id, const std::string& fields);
[[nodiscard]] subject number(const std::string& tenant, const std::string& id, const std::string& tag);
/// So many users on one gateway, `PREFIX0`, `PREFIX1`, ...
[[nodiscard]] std::vector<subject> users_on(const std::string& tenant, const std::string& gateway, int count,
                                            const std::string& prefix = "user");

inline constexpr const char* host_record = R"({"id":"host","name":"Host","type":"provider"})";
inline constexpr const char* contoso_record =
    R"({"id":"contoso","name":"Contoso","parent":"host","type":"customer","service":"direct-routing-pro",)"
    R"("acquired":{"ump":30},"sites":[{"name":"London","pstn_gateway":"sbc1.example.com"}]})";

}  // namespace licaudit::audit
