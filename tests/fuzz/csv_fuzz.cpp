// Any delimited file under any config: the input is the config as JSON, `%%`, and the file.
#include "plugins/sources/csv/csv_source.hpp"
#include "tests/fuzz/captured_source.hpp"
#include "tests/fuzz/input.hpp"
#include "tests/fuzz/memory_file.hpp"
#include "tests/fuzz/promise.hpp"

namespace licaudit::fuzz {

int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  static memory_file file;
  const auto parts = parts_of(text_of(bytes, size), next_file, 2);
  auto config = parse_json(parts[0]);
  if (!config || !config->is_object()) return 0;
  config->as_object()["path"] = file.path();
  file.hold(parts[1]);
  const auto job = csv::open({"csv", "", *config});
  if (!job) {
    promise_sentence(job.error().detail, parts[0]);
    return 0;
  }
  const auto stream = stream_of(*job);
  if (!stream) return 0;
  // A tenant of the file's own that is no name is for the daemon to set aside; all else the source sees to.
  const auto size_of_run = promise_whole_stream(*stream);
  promise(size_of_run.faulty == 0 || config->as_object().contains("tenant"), "a source prints sound records", *stream);
  promise(stream_of(*job).value() == *stream, "the same file gives the same records");
  return 0;
}

}  // namespace licaudit::fuzz
