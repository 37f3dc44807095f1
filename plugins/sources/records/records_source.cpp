#include "plugins/sources/records/records_source.hpp"

#include "model/names.hpp"
#include "plugins/sdk/parse_record.hpp"
#include "plugins/sdk/stream_protocol.hpp"
#include "plugins/sdk/text_file.hpp"

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>
#include <vector>

namespace licaudit::records {

namespace fs = std::filesystem;

const sdk::source_description description = {
    "records", "Passes on files in the record format.",
    "  path   a file of records, or a directory with *.ndjson and *.jsonl files\n"};

namespace {

/// One file: its own begin and end are taken out, or thought of if it has none.
class file_of_records {
 public:
  file_of_records(sdk::text_file file, sdk::record_writer& out) : file_(std::move(file)), out_(out) {}

  /// Reads up to the first record; says whether the file is a delta.
  [[nodiscard]] result<bool> begin();
  [[nodiscard]] result<void> pass_on();
  [[nodiscard]] const std::string& cursor() const { return protocol_.cursor(); }

 private:
  [[nodiscard]] result<bool> read();
  void write();

  sdk::text_file file_;
  sdk::record_writer& out_;
  sdk::stream_protocol protocol_;
  bool has_begin_ = false;
  std::string line_;  ///< the record that was read last
  std::int64_t number_ = 0;
  sdk::parsed_record content_;
};

/// The next record into `content_`; false at the end. Empty lines are passed over, for people who write by hand.
result<bool> file_of_records::read() {
  for (;;) {
    const auto line = file_.next();
    if (!line) return line.error();
    if (!*line) return false;
    line_ = trimmed((*line)->text);
    number_ = (*line)->number;
    if (line_.empty()) continue;
    auto parsed = sdk::parse_record(line_);
    if (!parsed) return file_.wrong(number_, parsed.error().detail);
    content_ = std::move(*parsed);
    return true;
  }
}

bool is_begin(const sdk::parsed_record& content) {
  const auto* sound = std::get_if<record>(&content);
  return sound != nullptr && std::holds_alternative<begin_record>(*sound);
}

bool is_end(const sdk::parsed_record& content) {
  const auto* sound = std::get_if<record>(&content);
  return sound != nullptr && std::holds_alternative<end_record>(*sound);
}

result<bool> file_of_records::begin() {
  auto any = read();
  if (!any) return any;
  if (!*any) {
    return failure{errc::malformed,
                   file_.path() + ": is empty; if it is to hold nothing, let it hold a begin and an end"};
  }
  has_begin_ = is_begin(content_);
  if (!has_begin_) {
    if (auto begun = protocol_.take(record(begin_record{})); !begun) return begun.error();
    return false;
  }
  return std::get<begin_record>(std::get<record>(content_)).delta;
}

void file_of_records::write() {
  if (const auto* faulty = std::get_if<faulty_record>(&content_)) {
    sdk::warn(description.name, file_.wrong(number_, faulty->what).detail);
  }
  if (!is_begin(content_) && !is_end(content_)) out_.write_line(line_);
}

result<void> file_of_records::pass_on() {
  for (bool more = true; more;) {
    if (auto allowed = protocol_.take(content_); !allowed) return file_.wrong(number_, allowed.error().detail);
    write();
    auto next = read();
    if (!next) return next.error();
    more = *next;
  }
  if (auto complete = protocol_.finish(); has_begin_ && !complete) {
    return file_.wrong(number_, complete.error().detail);
  }
  return {};
}

result<std::vector<std::string>> files_of(const fs::path& directory) {
  std::vector<std::string> files;
  std::error_code error;
  for (fs::directory_iterator at(directory, error), end; !error && at != end; at.increment(error)) {
    const auto name = at->path().filename().string();
    const auto extension = at->path().extension();
    if (!name.starts_with('.') && (extension == ".ndjson" || extension == ".jsonl"))
      files.push_back(at->path().string());
  }
  if (error) return failure{errc::unreachable, directory.string() + ": cannot be read: " + error.message()};
  if (files.empty()) {
    return failure{errc::refused,
                   directory.string() + ": holds no file *.ndjson or *.jsonl; put one there, or name a file"};
  }
  std::sort(files.begin(), files.end());
  return files;
}

result<void> pass_on_file(const std::string& path, sdk::record_writer& out) {
  auto opened = sdk::text_file::open(path);
  if (!opened) return opened.error();
  file_of_records file(std::move(*opened), out);
  const auto delta = file.begin();
  if (!delta) return delta.error();
  out.begin(*delta);
  if (auto passed = file.pass_on(); !passed) return passed;
  out.end(file.cursor());
  return {};
}

result<void> pass_on_directory(const std::string& path, sdk::record_writer& out) {
  const auto files = files_of(path);
  if (!files) return files.error();
  out.begin();
  for (const auto& name : *files) {
    auto opened = sdk::text_file::open(name);
    if (!opened) return opened.error();
    file_of_records file(std::move(*opened), out);
    const auto delta = file.begin();
    if (!delta) return delta.error();
    if (*delta) return failure{errc::refused, name + ": is a delta; a directory holds snapshots only"};
    if (auto passed = file.pass_on(); !passed) return passed;
  }
  out.end();
  return {};
}

}  // namespace

result<void> pass_on(const std::string& path, sdk::record_writer& out) {
  std::error_code ignored;  // what is neither says so when it is opened
  return fs::is_directory(path, ignored) ? pass_on_directory(path, out) : pass_on_file(path, out);
}

result<sdk::source_job> open(const sdk::source_request& request) {
  json_reader in(request.config, "config");
  auto path = in.text("path");
  if (auto wrong = in.finish()) return *wrong;
  if (path.empty()) return failure{errc::malformed, "config: path: expected a file or directory, found an empty text"};
  return sdk::source_job([path = std::move(path)](sdk::record_writer& out) { return pass_on(path, out); });
}

}  // namespace licaudit::records
