// The stream of a source, as the daemon reads it: bytes to lines to records to a delivery.
#include "daemon/ledger/field_text.hpp"
#include "daemon/sync/intake.hpp"
#include "plugins/sdk/record_reader.hpp"
#include "plugins/sdk/record_writer.hpp"
#include "plugins/sdk/subject_line.hpp"
#include "tests/fuzz/input.hpp"
#include "tests/fuzz/promise.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <set>
#include <string>
#include <variant>
#include <vector>

namespace licaudit::fuzz {
namespace {

// ---- records: what is written reads back
// -----------------------------------------------------------------------------

bool same(const begin_record& a, const begin_record& b) {
  return a.delta == b.delta;
}
bool same(const tenant_record& a, const tenant_record& b) {
  return a.value == b.value;
}
bool same(const subject_record& a, const subject_record& b) {
  return a.value == b.value;
}
bool same(const remove_record& a, const remove_record& b) {
  return a.name == b.name;
}
bool same(const left_out_record& a, const left_out_record& b) {
  return a.reason == b.reason && a.count == b.count;
}
bool same(const progress_record& a, const progress_record& b) {
  return a.done == b.done && a.total == b.total;
}
bool same(const end_record& a, const end_record& b) {
  return a.cursor == b.cursor;
}

void write(sdk::record_writer& out, const begin_record& what) {
  out.begin(what.delta);
}
void write(sdk::record_writer& out, const tenant_record& what) {
  out.write(what.value);
}
void write(sdk::record_writer& out, const subject_record& what) {
  out.write(what.value);
}
void write(sdk::record_writer& out, const remove_record& what) {
  out.remove(what.name);
}
void write(sdk::record_writer& out, const left_out_record& what) {
  out.left_out(what.reason, what.count);
}
void write(sdk::record_writer& out, const progress_record& what) {
  out.progress(what.done, what.total);
}
void write(sdk::record_writer& out, const end_record& what) {
  out.end(what.cursor);
}

template <class Record>
std::string line_of(const Record& what) {
  char* bytes = nullptr;
  std::size_t size = 0;
  std::FILE* memory = open_memstream(&bytes, &size);
  promise(memory != nullptr, "the system gives a stream in memory");
  sdk::record_writer out(memory);
  write(out, what);
  out.flush();
  (void)std::fclose(memory);
  std::string line(bytes, size);
  std::free(bytes);  // open_memstream's is malloc's
  promise(line.ends_with('\n') && std::count(line.begin(), line.end(), '\n') == 1, "a record is one line", line);
  line.pop_back();
  return line;
}

template <class Record>
void promise_round_trip(const Record& what) {
  const auto line = line_of(what);
  const auto again = sdk::parse_record(line);
  promise(again.has_value(), "a record that was written can be read", line);
  const auto* sound = std::get_if<record>(&*again);
  promise(sound != nullptr && std::holds_alternative<Record>(*sound), "it is a record of its kind", line);
  promise(same(std::get<Record>(*sound), what), "it is the same record", line);
}

void promise_round_trip(const remove_tenant_record&) {}  // the writer has no form for it: no source of ours needs one

void promise_round_trip(const sdk::parsed_record& what) {
  if (const auto* faulty = std::get_if<faulty_record>(&what)) return promise_sentence(faulty->what, "faulty");
  std::visit([](const auto& one) { promise_round_trip(one); }, std::get<record>(what));
}

// ---- the stream: the same however it is cut
// --------------------------------------------------------------------------

/// One line per record, and how it ended.
std::vector<std::string> read(std::string_view stream, std::size_t slice) {
  sdk::record_reader reader;
  std::vector<std::string> seen;
  for (; !stream.empty(); stream.remove_prefix(std::min(slice, stream.size()))) {
    reader.feed(stream.substr(0, slice));
    auto next = reader.next();
    for (; next && *next; next = reader.next()) {
      promise_round_trip((*next)->content);
      const auto* faulty = std::get_if<faulty_record>(&(*next)->content);
      seen.push_back(std::to_string((*next)->line) + (faulty == nullptr ? "" : faulty->what));
    }
    if (next) continue;
    promise_sentence(next.error().detail, "stream");
    seen.push_back(next.error().detail);
    return seen;
  }
  const auto finished = reader.finish();
  seen.push_back(finished ? "whole" : finished.error().detail);
  return seen;
}

/// What is read off a line without a document is what its document says. (The blank makes a document of any line.)
void promise_one_meaning(std::string_view stream) {
  sdk::line_splitter lines;
  sdk::subject_line ordinary;
  lines.feed(stream);
  for (auto line = lines.next(); line && *line; line = lines.next()) {
    const auto* quick = ordinary.read((*line)->text);
    if (quick == nullptr) continue;
    const auto parsed = sdk::parse_record(std::string((*line)->text) + ' ');
    const auto* sound = parsed ? std::get_if<record>(&*parsed) : nullptr;
    const auto* subject = sound == nullptr ? nullptr : std::get_if<subject_record>(sound);
    promise(subject != nullptr && subject->value == subject_of(*quick), "a line has one meaning", (*line)->text);
  }
}

// ---- the delivery
// ----------------------------------------------------------------------------------------------------

sync::reading_rules rules(bool by_field) {
  sync::source_plan plan;
  plan.name = plan.plugin = "fuzz";
  if (by_field) {
    plan.by_field = sync::tenant_by_field{"upn", "@(.*)$"};
  } else {
    plan.tenant = "contoso";
  }
  return sync::rules_of(plan).value();
}

ledger::delivery deliver(std::string_view stream, std::size_t slice, bool by_field,
                         ledger::given_inventory given = {}) {
  sync::intake in(rules(by_field), std::move(given));
  for (; !stream.empty(); stream.remove_prefix(std::min(slice, stream.size()))) {
    if (!in.feed(stream.substr(0, slice))) break;
  }
  return in.finish({}, instant{}, instant{});
}

std::set<std::pair<subject_name, ledger::line_hash>> put_by(const ledger::delivery& value) {
  std::set<std::pair<subject_name, ledger::line_hash>> all;
  for (std::size_t i = 0; i < value.put.size(); ++i) all.emplace(name_of(value.put[i]), value.put[i].line);
  return all;
}

ledger::given_inventory given_by(const ledger::delivery& value) {
  ledger::given_inventory given;
  for (std::size_t i = 0; i < value.put.size(); ++i) {
    given.subjects.push_back({value.put[i].line, static_cast<ledger::subject_number>(i + 1)});
  }
  return given;
}

void promise_whole_or_nothing(const ledger::delivery& value) {
  if (value.run.state == run_state::ok) return;
  promise_sentence(value.run.problem, "run");
  promise(value.put.empty() && value.removed.empty() && value.tenants.empty() && value.missing.empty() &&
              value.faulty.empty() && value.cursor.empty(),
          "a failed run changes nothing", value.run.problem);
}

void promise_sound(const ledger::delivery& value) {
  for (std::size_t i = 0; i < value.put.size(); ++i) {
    promise(!value.put[i].tenant.empty(), "every subject that is put has a tenant");
    const auto stored = subject_of(value.put[i]);
    promise(ledger::text_of(stored.fields) == value.put[i].fields, "what is stored is in its one form");
  }
  for (const auto& [reason, count] : value.run.left_out) promise(count >= 0, "counts do not wrap", reason);
  for (const auto& one : value.faulty) promise_sentence(one.what, "set aside");
}

void check_delivery(std::string_view stream, bool by_field) {
  const auto whole = deliver(stream, stream.size(), by_field);
  promise_whole_or_nothing(whole);
  promise_sound(whole);
  const auto cut = deliver(stream, slice_of(stream), by_field);
  promise(cut.run.problem == whole.run.problem, "a run ends the same however it is cut", whole.run.problem);
  promise(put_by(cut) == put_by(whole), "a run delivers the same however it is cut");
  if (whole.run.state != run_state::ok || !whole.snapshot || !whole.faulty.empty()) return;
  const auto again = deliver(stream, stream.size(), by_field, given_by(whole));
  promise(again.run.state == run_state::ok, "an unchanged snapshot is as sound as before", again.run.problem);
  promise(again.missing.empty(), "nothing is missing from an unchanged snapshot");
  promise(again.run.users == whole.run.users && again.run.numbers == whole.run.numbers &&
              again.run.meters == whole.run.meters,
          "an unchanged snapshot has as many subjects as before");
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const auto stream = text_of(bytes, size);
  promise(read(stream, slice_of(stream)) == read(stream, std::max<std::size_t>(1, size)),
          "a stream reads the same however it is cut");
  promise_one_meaning(stream);
  check_delivery(stream, false);
  check_delivery(stream, true);
  return 0;
}

}  // namespace licaudit::fuzz
