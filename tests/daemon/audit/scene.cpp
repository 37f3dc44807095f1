#include "tests/daemon/audit/scene.hpp"

#include "model/digest.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>

#include <algorithm>

namespace licaudit::audit {

std::shared_ptr<const factors::rules> rules_of(std::string_view json_text) {
  auto set = factor_set_from_json(parse_json(json_text).value()).value();
  auto outcome = factors::rules::compile(std::move(set));
  if (auto* errors = std::get_if<std::vector<factors::rule_error>>(&outcome))
    throw std::runtime_error(errors->front().path + ": " + errors->front().what);
  return std::get<std::shared_ptr<const factors::rules>>(outcome);
}

std::shared_ptr<const factors::rules> ump_rules() {
  return rules_of(R"json({"services":{"hosted-essentials":{"monitors_users":false}},"licences":[
    {"id":"ump","title":"UMP user licence","factors":[
      {"id":"direct-routing","title":"DR","subject":"user","priority":1,"services":["direct-routing-pro"],
       "configured":[{"pstn_gateway":"."}],"match":[{"pstn_gateway":"^.*(?i)_PSTNGATEWAY_TO_REPLACE_.*$"}]},
      {"id":"lifecycle-management","title":"LCM","subject":"user","priority":3,"switchable":true,
       "services":["direct-routing-pro"],"configured":[{"lifecycle_template":"."}]},
      {"id":"user-interface","title":"UI","subject":"user","priority":4,"switchable":true,
       "services":["direct-routing-pro"],"configured":[{"ui_managed":"^(?i)(true|yes|1)$"}]},
      {"id":"service-numbers","title":"SVC","subject":"number","priority":5,"switchable":true,
       "reject":[{"tag":"(^_MSTENANTID_TO_REPLACE_$)|(^.*(?i)_PSTNGATEWAY_TO_REPLACE_.*$)"},{"assigned_to":"."}]}]}]})json");
}

scene::scene() : now_(parse_rfc3339("2026-11-02T10:00:00Z").value()) {
  std::string pattern = (std::filesystem::temp_directory_path() / "licaudit-audit-XXXXXX").string();
  folder_ = mkdtemp(pattern.data());
  how.rules = ump_rules();
  how.sources = {{"tenants", std::chrono::minutes(15), ""},
                 {"teams", std::chrono::minutes(15), "contoso"},
                 {"plans", std::chrono::minutes(15), ""}};
  how.compile = [](const factor_set& set) -> result<std::shared_ptr<const factors::rules>> {
    return std::get<std::shared_ptr<const factors::rules>>(factors::rules::compile(set));
  };
  open();
}

scene::~scene() {
  // Whatever a test did, the book that it leaves has to add up.
  const auto verified = reader_->verify(true);
  EXPECT_TRUE(verified) << verified.error().detail;
  if (verified) {
    EXPECT_THAT(verified->problems, ::testing::IsEmpty());
  }
  office_.reset();
  reader_.reset();
  book_.reset();
  std::filesystem::remove_all(folder_);
}

void scene::open() {
  book_ = ledger::ledger::open(folder_).value();
  office_ = office::open(*book_, how, [this] { return now_; }).value();
  reader_ = ledger::reader::open(book_->file()).value();
}

void scene::restart() {
  office_.reset();
  reader_.reset();
  book_.reset();
  open();
}

ledger::delivery scene::begin(const std::string& source) const {
  ledger::delivery run;
  run.run.source = source;
  run.run.started = now_;
  run.run.ended = now_;
  run.run.exit = "exit 0";
  run.run.stream_sha256 = to_hex(sha256(source));
  return run;
}

run_outcome scene::give_tenants(const std::vector<std::string>& records) {
  auto run = begin("tenants");
  for (const auto& text : records) {
    const auto form = parse_json(text).value();
    run.tenants.push_back(tenant_from_json(form).value());
  }
  return office_->take(std::move(run)).value();
}

namespace {

ledger::line_hash line_of(const subject& value) {
  const auto whole = sha256(value.name.tenant + '\n' + std::string(to_text(value.name.kind)) + '\n' + value.name.id +
                            '\n' + canonical_json(fields_to_json(value.fields)) + std::to_string(value.quantity));
  ledger::line_hash line{};
  std::copy_n(whole.begin(), line.size(), line.begin());
  return line;
}

}  // namespace

run_outcome scene::give(const std::string& source, const std::vector<subject>& all) {
  auto run = begin(source);
  auto given = office_->given(source).value();
  given.read();
  std::map<ledger::line_hash, ledger::subject_number> missing;
  for (const auto& one : given.subjects) missing[one.line] = one.number;
  std::int64_t line = 1;
  for (const auto& value : all) {
    ++line;
    if (missing.erase(line_of(value)) == 0) run.put.add(value, line_of(value), line);
  }
  for (const auto& [hash, number] : missing) run.missing.push_back(number);
  return office_->take(std::move(run)).value();
}

run_outcome scene::give_delta(const std::string& source, const std::vector<subject>& put,
                              const std::vector<subject_name>& removed) {
  auto run = begin(source);
  run.snapshot = false;
  run.run.delta = true;
  for (const auto& value : put) run.put.add(value, line_of(value), 1);
  run.removed = removed;
  return office_->take(std::move(run)).value();
}

run_outcome scene::fail(const std::string& source, const std::string& problem) {
  auto run = begin(source);
  run.run.state = run_state::failed;
  run.run.problem = problem;
  return office_->take(std::move(run)).value();
}

std::string scene::text(const std::string& tenant, const std::string& factor) {
  for (const auto& one : ump(tenant).factors)
    if (one.factor == factor) return to_text(one);
  return "no such factor";
}

const licence_tally& scene::ump(const std::string& tenant) {
  static const licence_tally none;
  static std::shared_ptr<const view> kept;
  kept = seen();
  const auto* found = kept->find(tenant);
  if (found == nullptr || found->tally->licences.empty()) return none;
  return found->tally->licences.front();
}

calculation_stamp scene::calculate() {
  calculation_cause why;
  why.kind = "schedule";
  return office_->calculate(why).value();
}

std::vector<finding> scene::findings_of(std::string_view kind) {
  std::vector<finding> made;
  for (const auto& one : seen()->findings)
    if (one.kind == kind) made.push_back(one);
  return made;
}

std::vector<std::string> scene::finding_kinds() {
  std::vector<std::string> kinds;
  for (const auto& one : seen()->findings) kinds.push_back(one.kind);
  std::sort(kinds.begin(), kinds.end());
  return kinds;
}

subject user(const std::string& tenant, const std::string& id, const std::string& fields) {
  subject value;
  value.name = {tenant, subject_kind::user, id};
  const auto form = parse_json(fields).value();
  value.fields = fields_from_json(form.as_object()).value();
  return value;
}

subject number(const std::string& tenant, const std::string& id, const std::string& tag) {
  subject value;
  value.name = {tenant, subject_kind::number, id};
  if (!tag.empty()) value.fields["tag"] = {tag};
  return value;
}

std::vector<subject> users_on(const std::string& tenant, const std::string& gateway, int count,
                              const std::string& prefix) {
  std::vector<subject> all;
  all.reserve(static_cast<std::size_t>(count));
  for (int i = 0; i < count; ++i)
    all.push_back(user(tenant, prefix + std::to_string(i), R"({"pstn_gateway":")" + gateway + "\"}"));
  return all;
}

}  // namespace licaudit::audit
