#include "bench/host/host_files.hpp"

#include "model/json.hpp"
#include "plugins/sdk/record_writer.hpp"

#include <boost/json/serialize.hpp>

#include <cstdio>
#include <fstream>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>

namespace licaudit::bench {
namespace {

namespace fs = std::filesystem;

// `plugins` is the host's own, so the program comes into it as a file; JSON is YAML too.
constexpr const char* settings_text = R"yaml(# A host with the workload of the benchmarks.
state: state
socket: { path: licaudit.sock, mode: '0600' }
schedule: { sync: 1d, calculate: 1d }
plugins: plugins
factors: factors.d/*.yaml
tenants: tenants.d/*.yaml
)yaml";

constexpr const char* sources_text = "sources:\n  - { name: workload, plugin: printed, every: 1d, timeout: 30m }\n";

constexpr const char* root_id = "host";
constexpr const char* root_text = "- { id: host, name: The host, type: provider, time_zone: Europe/London }\n";

constexpr const char* source_text = R"sh(#!/bin/sh
# A source that costs next to nothing: it prints the file that next.ndjson points to.
exec cat ../next.ndjson
)sh";

void write_text(const fs::path& file, const std::string& text) {
  fs::create_directories(file.parent_path());
  std::ofstream out(file);
  out << text;
  if (!out.flush()) throw std::runtime_error(file.string() + ": cannot be written");
}

struct closer {
  void operator()(std::FILE* file) const { std::fclose(file); }
};

void write_stream(const fs::path& file, bool delta, const std::function<void(sdk::record_writer&)>& records) {
  const std::unique_ptr<std::FILE, closer> out(std::fopen(file.c_str(), "w"));
  if (!out) throw std::runtime_error(file.string() + ": cannot be written");
  sdk::record_writer writer(out.get());
  writer.begin(delta);
  records(writer);
  writer.end(file.filename().string());
}

/// As a source of Teams gives it: the name that the id is made of is a field too.
subject given(const workload& all, const record& one) {
  auto made = all.subject_of(one);
  if (one.kind == subject_kind::user) made.fields["upn"] = {made.name.id};
  return made;
}

void write_settings(const fs::path& folder, const factor_set& rules) {
  write_text(folder / "licauditd.yaml", settings_text);
  write_text(folder / "factors.d" / "workload.yaml", json::serialize(to_json(rules)) + "\n");
  write_text(folder / "tenants.d" / "host.yaml", root_text);
}

void write_snapshot(const fs::path& file, const workload& all, const std::vector<record>& records) {
  write_stream(file, false, [&](sdk::record_writer& out) {
    for (auto one : all.tenants()) {
      one.parent = root_id;
      out.write(one);
    }
    for (const auto& one : records) out.write(given(all, one));
  });
}

void write_change(sdk::record_writer& out, const workload& all, const change& one) {
  one.becomes ? out.write(given(all, *one.becomes)) : out.remove(all.subject_of(all.records()[one.number]).name);
}

void write_undoing(sdk::record_writer& out, const workload& all, const change& one) {
  const auto& before = all.records();
  one.number < before.size() ? out.write(given(all, before[one.number]))
                             : out.remove(all.subject_of(*one.becomes).name);
}

}  // namespace

const char* file_of(stream which) {
  switch (which) {
    case stream::snapshot:
      return "snapshot.ndjson";
    case stream::changed_snapshot:
      return "changed.ndjson";
    case stream::delta:
      return "delta.ndjson";
    case stream::delta_back:
      return "delta-back.ndjson";
    case stream::nothing:
      return "nothing.ndjson";
  }
  throw std::logic_error("no such stream");
}

void write_host_files(const fs::path& folder, const workload& all, const factor_set& rules) {
  write_settings(folder, rules);
  write_text(folder / "sources.d" / "workload.yaml", sources_text);
  const auto program = folder / "plugins" / "sources" / "printed";
  write_text(program, source_text);
  fs::permissions(program, fs::perms::owner_all);
  write_snapshot(folder / file_of(stream::snapshot), all, all.records());
  write_snapshot(folder / file_of(stream::changed_snapshot), all, records_with_changes(all));
  write_stream(folder / file_of(stream::delta), true, [&](sdk::record_writer& out) {
    for (const auto& one : all.changes()) write_change(out, all, one);
  });
  write_stream(folder / file_of(stream::delta_back), true, [&](sdk::record_writer& out) {
    for (const auto& one : all.changes()) write_undoing(out, all, one);
  });
  write_stream(folder / file_of(stream::nothing), true, [](sdk::record_writer&) {});
  choose_stream(folder, stream::snapshot);
}

void write_empty_host(const fs::path& folder, const factor_set& rules) {
  write_settings(folder, rules);
  fs::create_directories(folder / "plugins" / "sources");
}

void choose_stream(const fs::path& folder, stream which) {
  const auto fresh = folder / "next.ndjson.new";
  std::error_code ignored;  // usually there is none
  fs::remove(fresh, ignored);
  fs::create_symlink(file_of(which), fresh);
  fs::rename(fresh, folder / "next.ndjson");
}

}  // namespace licaudit::bench
