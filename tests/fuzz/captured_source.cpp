#include "tests/fuzz/captured_source.hpp"

#include "plugins/sdk/record_reader.hpp"
#include "tests/fuzz/promise.hpp"

#include <cstdio>
#include <cstdlib>
#include <variant>

namespace licaudit::fuzz {

result<std::string> stream_of(const sdk::source_job& job) {
  char* bytes = nullptr;
  std::size_t size = 0;
  std::FILE* memory = open_memstream(&bytes, &size);
  promise(memory != nullptr, "the system gives a stream in memory");
  sdk::record_writer out(memory);
  const auto done = job(out);
  (void)std::fclose(memory);
  std::string printed(bytes, size);
  std::free(bytes);  // open_memstream's is malloc's
  if (done) return printed;
  promise_sentence(done.error().detail, printed);
  return done.error();
}

stream_size promise_whole_stream(std::string_view stream) {
  sdk::record_reader reader;
  reader.feed(stream);
  for (stream_size size;; ++size.records) {
    const auto next = reader.next();
    promise(next.has_value(), "a source prints records", next ? "" : next.error().detail);
    if (!*next) {
      promise(reader.finish().has_value(), "a source that succeeds has printed a whole run", stream);
      return size;
    }
    if (std::holds_alternative<faulty_record>((*next)->content)) ++size.faulty;
  }
}

std::size_t promise_sound_stream(std::string_view stream) {
  const auto size = promise_whole_stream(stream);
  promise(size.faulty == 0, "a source prints sound records", stream);
  return size.records;
}

}  // namespace licaudit::fuzz
