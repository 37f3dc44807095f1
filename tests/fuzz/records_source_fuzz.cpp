// A file of records on its way through the source `records`: what it passes on is a run that the daemon takes, faulty
// records included, because those are the daemon's to set aside.
#include "plugins/sources/records/records_source.hpp"
#include "tests/fuzz/captured_source.hpp"
#include "tests/fuzz/input.hpp"
#include "tests/fuzz/memory_file.hpp"
#include "tests/fuzz/promise.hpp"

namespace licaudit::fuzz {

int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  static memory_file file;
  file.hold(text_of(bytes, size));
  const auto stream = stream_of([](sdk::record_writer& out) { return records::pass_on(file.path(), out); });
  if (!stream) return 0;
  (void)promise_whole_stream(*stream);
  file.hold(*stream);
  const auto again = stream_of([](sdk::record_writer& out) { return records::pass_on(file.path(), out); });
  promise(again && *again == *stream, "what was passed on is passed on as it stands", *stream);
  return 0;
}

}  // namespace licaudit::fuzz
