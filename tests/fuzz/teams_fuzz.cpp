// Three PowerShell exports: users, policies and routes, with `%%` between them.
#include "plugins/sources/teams/teams_source.hpp"
#include "tests/fuzz/captured_source.hpp"
#include "tests/fuzz/input.hpp"
#include "tests/fuzz/memory_file.hpp"
#include "tests/fuzz/promise.hpp"

#include <array>

namespace licaudit::fuzz {

int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  static std::array<memory_file, 3> files;
  const auto parts = parts_of(text_of(bytes, size), next_file, files.size());
  for (std::size_t i = 0; i < files.size(); ++i) files[i].hold(parts[i]);
  const teams::teams_config config{files[0].path(), files[1].path(), files[2].path()};
  const auto stream = stream_of([&](sdk::record_writer& out) { return teams::run(config, out); });
  if (stream) promise_sound_stream(*stream);
  return 0;
}

}  // namespace licaudit::fuzz
