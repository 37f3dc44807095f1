#pragma once

#include "model/result.hpp"
#include "plugins/sdk/record_writer.hpp"
#include "plugins/sdk/source_request.hpp"

#include <functional>
#include <string_view>

namespace licaudit::sdk {

/// Asks the outside system and prints everything from begin to end. Called once.
using source_job = std::function<result<void>(record_writer& out)>;

/// Reads the request and its config; the failure says which key is wrong and what is expected there.
using source_function = std::function<result<source_job>(const source_request& request)>;

/// What a source is, for --help and as the first word of its messages.
struct source_description {
  std::string_view name;
  std::string_view purpose;  ///< one sentence
  std::string_view config;   ///< the keys of `config`, one a line
};

/// The frame of a source's `main`: reads the request, runs the job, and turns what happens into one sentence on
/// standard error and the exit status: 0 done (also when the reader of the records has gone: nobody wants more), 1
/// failed, 2 the request or its config is wrong.
[[nodiscard]] int source_main(int argc, char** argv, const source_description& what, const source_function& open);

/// A warning on standard error: something to look at that does not stop the run.
void warn(std::string_view source, std::string_view text);

}  // namespace licaudit::sdk
