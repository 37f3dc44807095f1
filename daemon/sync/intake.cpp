#include "daemon/sync/intake.hpp"

#include "daemon/sync/stderr_tail.hpp"
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

/// The kind of a line as every sane writer begins it; nothing if the line must be parsed to know.
std::optional<subject_kind> kind_at_a_glance(std::string_view line) {
  if (line.starts_with(R"({"kind":"user",)")) return subject_kind::user;
  if (line.starts_with(R"({"kind":"number",)")) return subject_kind::number;
  if (line.starts_with(R"({"kind":"meter",)")) return subject_kind::meter;
  return std::nullopt;
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

std::string describe(const subject_name& name) {
  return std::string(to_text(name.kind)) + " '" + name.id + "'";
}

}  // namespace

intake::intake(reading_rules rules, ledger::given_inventory given, delta_answer delta)
    : rules_(std::move(rules)), hash_seed_(seed_of(rules_, given.key)), given_(std::move(given)), delta_(delta) {
  run_.source = rules_.source;
}

bool intake::feed(std::string_view bytes) {
  if (!problem_.empty()) return false;
  digest_.add(bytes);
  progress_.bytes += static_cast<std::int64_t>(bytes.size());
  lines_.feed(bytes);
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
  if (progress_.lines > 0 && !protocol_.delta() && given_.see(hash)) return take_seen(line.text);
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
    set_aside(faulty->tenant.empty() ? rules_.tenant : std::move(faulty->tenant), line, std::move(faulty->what),
              faulty->subject);
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

void intake::take(subject_record record, const ledger::line_hash& hash, std::int64_t line) {
  count(record.value.name.kind);
  if (!find_tenant(record.value, line)) return;
  const auto name = record.value.name;
  ledger::delivered_subject delivered{std::move(record.value), hash, line};
  if (protocol_.delta()) {
    subjects_.put(std::move(delivered));
  } else if (const auto earlier = subjects_.put_once(std::move(delivered))) {
    set_aside(name.tenant, line, said_twice(describe(name), *earlier, line), name.id);
  }
}

void intake::take(remove_record record, const ledger::line_hash&, std::int64_t line) {
  ++run_.removed;
  if (find_tenant(record.name, line)) subjects_.remove(std::move(record.name));
}

void intake::take(remove_tenant_record record, const ledger::line_hash&, std::int64_t) {
  ++run_.removed;
  tenants_.remove(std::move(record.id));
}

void intake::take(left_out_record record, const ledger::line_hash&, std::int64_t) {
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

void intake::set_aside(std::string tenant, std::int64_t line, std::string what, std::string_view subject) {
  if (++faulty_by_tenant_[tenant] > most_faults_of_a_tenant) return;
  faulty_.push_back({std::move(tenant), line, printable(what), printable(subject)});
}

bool intake::find_tenant(subject& value, std::int64_t line) {
  if (!value.name.tenant.empty() || !rules_.by_field) return find_tenant(value.name, line);
  auto found = rules_.by_field->tenant_of(value);
  if (!found) {
    ++run_.left_out["no tenant"];
    return false;
  }
  if (!is_name(*found)) {
    set_aside({}, line,
              describe(value.name) + ": its " + rules_.by_field->field() + " gives the tenant '" + *found +
                  "', which is no name of a tenant",
              value.name.id);
    return false;
  }
  value.name.tenant = std::move(*found);
  return true;
}

bool intake::find_tenant(subject_name& name, std::int64_t line) {
  if (!name.tenant.empty()) return true;
  if (rules_.by_field) {  // a removal has an id and nothing else
    subject alone;
    alone.name = name;
    auto found = rules_.by_field->tenant_of(alone);
    if (found && is_name(*found)) {
      name.tenant = std::move(*found);
      return true;
    }
  }
  name.tenant = rules_.tenant;
  if (!name.tenant.empty()) return true;
  set_aside({}, line, describe(name) + " names no tenant, and the settings of the source give none", name.id);
  return false;
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
