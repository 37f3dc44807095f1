#include "tests/plugins/sources/captured_run.hpp"

#include "plugins/sdk/record_reader.hpp"
#include "plugins/sdk/text_file.hpp"
#include "tests/plugins/scratch_directory.hpp"

#include <algorithm>
#include <cstdio>
#include <memory>
#include <utility>

namespace licaudit::test {

const subject* captured_run::find(std::string_view id) const {
  const auto found =
      std::find_if(subjects.begin(), subjects.end(), [id](const subject& one) { return one.name.id == id; });
  return found == subjects.end() ? nullptr : &*found;
}

std::string captured_run::field(std::string_view id, std::string_view name) const {
  const auto* one = find(id);
  if (one == nullptr) return "no such subject";
  const auto found = one->fields.find(name);
  std::string shown;
  if (found == one->fields.end()) return shown;
  for (const auto& each : found->second) shown += (shown.empty() ? "" : "|") + each;
  return shown;
}

std::string captured_run::left_out_text() const {
  std::string shown;
  for (const auto& one : left_out) shown += (shown.empty() ? "" : " ") + one.reason + "=" + std::to_string(one.count);
  return shown;
}

captured_run capture_text(std::string text) {
  captured_run run;
  run.text = std::move(text);
  sdk::record_reader reader;
  reader.feed(run.text);
  bool faulty = false;
  for (;;) {
    auto next = reader.next();
    if (!next) return run;
    if (!*next) break;
    const auto* sound = std::get_if<record>(&(*next)->content);
    faulty = faulty || sound == nullptr;
    if (sound == nullptr) continue;
    if (const auto* one = std::get_if<subject_record>(sound)) run.subjects.push_back(one->value);
    if (const auto* one = std::get_if<left_out_record>(sound)) run.left_out.push_back(*one);
  }
  run.complete = reader.finish() && !faulty;
  run.delta = reader.protocol().delta();
  run.cursor = reader.protocol().cursor();
  return run;
}

captured_run capture(const std::function<result<void>(sdk::record_writer&)>& source) {
  const scratch_directory directory;
  const auto path = directory.path("out");
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "we"), std::fclose);
  sdk::record_writer writer(file.get());
  const auto ran = source(writer);
  writer.flush();
  auto run = capture_text(sdk::read_text_file(path).value());
  if (!ran) run.problem = ran.error().detail;
  return run;
}

}  // namespace licaudit::test
