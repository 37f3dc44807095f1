#include "daemon/sync/intake.hpp"

#include "daemon/ledger/database.hpp"
#include "daemon/sync/stderr_tail.hpp"
#include "model/instant.hpp"
#include "model/names.hpp"

#include <xxhash.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <optional>
#include <utility>
#include <variant>

namespace licaudit::sync {

namespace {

/// A tenant with ten thousand bad records is set aside by any one of them.
constexpr int most_faults_of_a_tenant = 20;

/// A clock may be a little fast; a reading that is further ahead was taken by no clock.
constexpr std::chrono::minutes most_ahead{5};

/// The kind of a line as every sane writer begins it; nothing if the line must be parsed to know.
std::optional<subject_kind> kind_at_a_glance(std::string_view line) {
  if (line.starts_with(R"({"kind":"user",)")) return subject_kind::user;
  if (line.starts_with(R"({"kind":"number",)")) return subject_kind::number;
  if (line.starts_with(R"({"kind":"meter",)")) return subject_kind::meter;
  return std::nullopt;
}

/// The same reading may mean something else today, so a meter's line is read however often it was seen.
bool may_be_meter(std::string_view line) {
  const auto kind = kind_at_a_glance(line);
  return kind ? *kind == subject_kind::meter : line.find(R"("meter")") != std::string_view::npos;
}

/// A line means something else under other rules, and nobody can prepare two lines that look alike to every ledger.
std::uint64_t seed_of(const reading_rules& rules, const std::string& key) {
  const auto whole = sha256(key + std::string(bytes_of(rules.fingerprint)));
  std::uint64_t seed = 0;
  std::memcpy(&seed, whole.data(), sizeof seed);
  return seed;
}

std::string said_twice(const std::string& who, std::int64_t first, std::int64_t second) {
  return who + " stands there twice with different content, on lines " + std::to_string(first) + " and " +
         std::to_string(second) + "; a snapshot names each once";
}

std::string describe(const subject_view& who) {
  return std::string(to_text(who.kind)) + " '" + std::string(who.id) + "'";
}

}  // namespace

intake::intake(reading_rules rules, ledger::given_inventory given, delta_answer delta)
    : rules_(std::move(rules)),
      hash_seed_(seed_of(rules_, given.key)),
      subjects_(given.folder),
      given_(std::move(given)),
      delta_(delta) {
  run_.source = rules_.source;
}

bool intake::feed(std::string_view bytes) {
  if (!problem_.empty()) return false;
  digest_.add(bytes);
  progress_.bytes += static_cast<std::int64_t>(bytes.size());
  lines_.feed(bytes);
  try {
    return take_lines();
  } catch (const ledger::storage_error& error) {  // no room to put them aside: this run is lost, and nothing else
    problem_ = error.what();
    return false;
  }
}

bool intake::take_lines() {
  for (;;) {
    auto line = lines_.next();
    if (!line) {
      problem_ = line.error().detail;
      return false;
    }
    if (!*line) return true;
    if (auto taken = take_line(**line); !taken) {
      problem_ = sdk::at_line((*line)->number, taken.error()).detail;
      return false;
    }
    progress_.lines = (*line)->number;
  }
}

result<void> intake::take_line(const sdk::numbered_line& line) {
  const auto hash = hash_of(line.text);
  const bool is_known = progress_.lines > 0 && !protocol_.delta() && given_.see(hash);
  if (is_known && !may_be_meter(line.text)) return take_seen(line.text);
  if (const auto* ordinary = ordinary_.read(line.text)) {
    auto allowed = protocol_.take_subject();
    if (allowed) take(*ordinary, hash, line.number);
    return allowed;
  }
  auto parsed = sdk::parse_record(line.text);
  if (!parsed) return parsed.error();
  return take_record(std::move(*parsed), hash, line.number);
}

result<void> intake::take_seen(std::string_view line) {
  auto kind = kind_at_a_glance(line);
  if (!kind) {
    auto parsed = sdk::parse_record(line);
    if (!parsed) return parsed.error();
    const auto* known = std::get_if<record>(&*parsed);
    const auto* subject = known == nullptr ? nullptr : std::get_if<subject_record>(known);
    if (subject != nullptr) kind = subject->value.name.kind;
  }
  if (kind) count(*kind);
  return protocol_.take_subject();
}

result<void> intake::take_record(sdk::parsed_record parsed, const ledger::line_hash& hash, std::int64_t line) {
  if (auto allowed = protocol_.take(parsed); !allowed) return allowed;
  if (protocol_.delta() && delta_ == delta_answer::refused) {
    return failure{errc::malformed, "begin: mode delta after exit status 75; without a cursor it must be a snapshot"};
  }
  if (auto* faulty = std::get_if<faulty_record>(&parsed)) {
    set_aside(faulty->tenant.empty() ? rules_.tenant : std::move(faulty->tenant), line, faulty->what, faulty->subject);
    return {};
  }
  std::visit([&](auto& one) { take(std::move(one), hash, line); }, std::get<record>(parsed));
  return {};
}

void intake::take(tenant_record record, const ledger::line_hash&, std::int64_t line) {
  ++run_.tenants;
  if (protocol_.delta()) {
    tenants_.put(std::move(record.value), line);
    return;
  }
  const auto id = record.value.id;
  if (const auto earlier = tenants_.put_once(std::move(record.value), line)) {
    set_aside(id, line, said_twice("tenant '" + id + "'", *earlier, line));
  }
}

void intake::take(const subject_record& record, const ledger::line_hash& hash, std::int64_t line) {
  take(view_of(record.value, fields_), hash, line);
}

void intake::take(subject_view value, const ledger::line_hash& hash, std::int64_t line) {
  count(value.kind);
  std::optional<std::string> found;
  if (value.tenant.empty()) {
    found = tenant_of(value, line);
    if (!found) return;
    value.tenant = *found;
  }
  if (value.kind == subject_kind::meter) note_reading(value, line);
  if (protocol_.delta()) {
    subjects_.put(value, hash, line);
  } else if (const auto earlier = subjects_.put_once(value, hash, line)) {
    set_aside(std::string(value.tenant), line, said_twice(describe(value), *earlier, line), value.id);
  }
}

void intake::note_reading(const subject_view& meter, std::int64_t line) {
  const auto at = parse_rfc3339(text_of(meter, "at"));
  if (!at) return;  // it has none, and is of this run
  auto& latest = latest_readings_[std::string(meter.tenant)];
  if (latest.line == 0 || *at > latest.at) latest = {*at, line, std::string(meter.id)};
}

void intake::refuse_readings_from_the_future(instant ended) {
  for (const auto& [tenant, one] : latest_readings_) {
    if (one.at <= ended + most_ahead) continue;
    set_aside(
        tenant, one.line,
        "meter '" + one.meter + "': at: " + to_rfc3339(one.at) + " is yet to come; a reading says when it was taken",
        one.meter);
  }
}

void intake::take(remove_record record, const ledger::line_hash&, std::int64_t line) {
  ++run_.removed;
  auto& name = record.name;
  if (name.tenant.empty()) {
    auto found = tenant_of_removed({{}, name.kind, name.id, 1, {}}, line);
    if (!found) return;
    name.tenant = std::move(*found);
  }
  subjects_.remove(std::move(name));
}

void intake::take(remove_tenant_record record, const ledger::line_hash&, std::int64_t) {
  ++run_.removed;
  tenants_.remove(std::move(record.id));
}

void intake::take(const left_out_record& record, const ledger::line_hash&, std::int64_t) {
  run_.left_out[printable(record.reason)] += record.count;
}

void intake::take(progress_record record, const ledger::line_hash&, std::int64_t) {
  progress_.done = record.done;
  progress_.total = record.total;
}

ledger::line_hash intake::hash_of(std::string_view line) const {
  const auto hash = XXH3_128bits_withSeed(line.data(), line.size(), hash_seed_);
  ledger::line_hash bytes;
  std::memcpy(bytes.data(), &hash.low64, sizeof hash.low64);
  std::memcpy(bytes.data() + sizeof hash.low64, &hash.high64, sizeof hash.high64);
  return bytes;
}

void intake::count(subject_kind kind) {
  switch (kind) {
    case subject_kind::user:
      ++run_.users;
      break;
    case subject_kind::number:
      ++run_.numbers;
      break;
    case subject_kind::meter:
      ++run_.meters;
      break;
  }
}

void intake::set_aside(std::string tenant, std::int64_t line, const std::string& what, std::string_view subject) {
  if (++faulty_by_tenant_[tenant] > most_faults_of_a_tenant) return;
  faulty_.push_back({std::move(tenant), line, printable(what), printable(subject)});
}

std::optional<std::string> intake::tenant_of(const subject_view& value, std::int64_t line) {
  if (!rules_.by_field) return tenant_of_settings(value, line);
  auto found = rules_.by_field->tenant_of(value);
  if (!found) {
    ++run_.left_out["no tenant"];
    return std::nullopt;
  }
  if (is_name(*found)) return found;
  set_aside({}, line,
            describe(value) + ": its " + rules_.by_field->field() + " gives the tenant '" + *found +
                "', which is no name of a tenant",
            value.id);
  return std::nullopt;
}

std::optional<std::string> intake::tenant_of_removed(const subject_view& name, std::int64_t line) {
  if (rules_.by_field) {  // it has an id and nothing else
    auto found = rules_.by_field->tenant_of(name);
    if (found && is_name(*found)) return found;
  }
  return tenant_of_settings(name, line);
}

std::optional<std::string> intake::tenant_of_settings(const subject_view& name, std::int64_t line) {
  if (!rules_.tenant.empty()) return rules_.tenant;
  set_aside({}, line, describe(name) + " names no tenant, and the settings of the source give none", name.id);
  return std::nullopt;
}

std::string intake::problem_at_end(const run_ending& ending) const {
  const bool ours = ending.cut != run_cut::none && ending.cut != run_cut::not_of_the_protocol;
  if (!problem_.empty() && !ours) return problem_;  // what a source prints while it is killed is no reason
  if (auto problem = problem_of(ending); !problem.empty()) return problem;
  if (auto complete = sdk::finish_stream(lines_, protocol_); !complete) return complete.error().detail;
  return {};
}

ledger::delivery intake::finish(const run_ending& ending, instant started, instant ended) {
  ledger::delivery value;
  run_.started = started;
  run_.ended = ended;
  run_.problem = printable(problem_at_end(ending));
  run_.state = run_.problem.empty() ? run_state::ok : run_state::failed;
  run_.delta = protocol_.delta();
  run_.exit = to_text(ending);
  run_.stderr_tail = ending.stderr_tail;
  run_.stream_sha256 = to_hex(digest_.finish());
  run_.bytes = progress_.bytes;
  run_.lines = progress_.lines;
  value.run = std::move(run_);
  value.snapshot = !protocol_.delta();
  if (value.run.state == run_state::failed) return value;
  refuse_readings_from_the_future(ended);
  if (!protocol_.cursor().empty()) value.cursor = kept_cursor(rules_.fingerprint, protocol_.cursor());
  value.tenants = tenants_.take_put();
  value.removed_tenants = tenants_.take_removed();
  value.put = subjects_.take_put();
  value.removed = subjects_.take_removed();
  if (value.snapshot) value.missing = given_.unseen();
  value.faulty = std::move(faulty_);
  return value;
}

}  // namespace licaudit::sync
