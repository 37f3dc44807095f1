#pragma once

#include "model/subject_view.hpp"

#include <memory>
#include <string_view>

namespace licaudit::sdk {

/// Reads users and numbers off their lines without making a document of each, which is most of the work of a run.
class subject_line {
 public:
  subject_line();
  ~subject_line();
  subject_line(const subject_line&) = delete;
  subject_line& operator=(const subject_line&) = delete;

  /// What a sound line of a user or number says, as parse_record would; good until the next call. Null if it is
  /// anything else, a fault and an odd form included: parse_record tells.
  [[nodiscard]] const subject_view* read(std::string_view line);

 private:
  class events;
  struct parser;
  std::unique_ptr<parser> parser_;
};

}  // namespace licaudit::sdk
