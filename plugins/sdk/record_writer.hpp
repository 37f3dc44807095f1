#pragma once

#include "model/subject.hpp"
#include "model/tenant.hpp"

#include <cstdint>
#include <cstdio>
#include <stdexcept>
#include <string>
#include <string_view>

namespace licaudit::sdk {

/// The reader of the stream has gone: nobody wants the rest.
struct reader_gone : std::runtime_error {
  reader_gone() : std::runtime_error("the reader of the records has gone") {}
};

/// Prints the lines of a source (interfaces.md 3). Lines are collected and written in blocks; `progress` and `end`
/// write what there is. A write that fails throws std::system_error, or reader_gone if it is a pipe that nobody reads.
class record_writer {
 public:
  /// `out` stays open and belongs to the caller.
  explicit record_writer(std::FILE* out) : out_(out) {}

  void begin(bool delta = false);
  void write(const tenant& value);
  void write(const subject& value);  ///< a user, number, or meter with the fields `used`, `unit`, `at`
  void remove(const subject_name& name);
  void left_out(std::string_view reason, std::int64_t count);
  void progress(std::int64_t done, std::int64_t total);
  void end(std::string_view cursor = {});  ///< empty: none

  /// A line that is a record already, without its line feed.
  void write_line(std::string_view line);

  void flush();

 private:
  void write_object(const json::object& object);

  std::FILE* out_;
  std::string waiting_;
};

}  // namespace licaudit::sdk
