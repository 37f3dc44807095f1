#pragma once

#include "model/result.hpp"
#include "plugins/sdk/source_main.hpp"

#include <string>
#include <string_view>

namespace licaudit::fuzz {

/// Runs a source into memory: what it printed, or its failure, which is one sentence.
[[nodiscard]] result<std::string> stream_of(const sdk::source_job& job);

/// How many records a run has, and how many of them the daemon would set aside.
struct stream_size {
  std::size_t records = 0;
  std::size_t faulty = 0;
};

/// A source that ends well has printed a whole run: what the daemon would refuse is a defect of the source, whatever
/// the file was.
stream_size promise_whole_stream(std::string_view stream);

/// The same, and no record of it is faulty. The number of records.
std::size_t promise_sound_stream(std::string_view stream);

}  // namespace licaudit::fuzz
