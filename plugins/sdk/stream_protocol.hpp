#pragma once

#include "model/result.hpp"
#include "plugins/sdk/parse_record.hpp"

#include <string>

namespace licaudit::sdk {

/// Which record may follow which: begin first and once, end last, removals in a delta only. Failures are
/// errc::malformed and without the line's number.
class stream_protocol {
 public:
  [[nodiscard]] result<void> take(const parsed_record& next);

  /// The same for a user, number or meter that nobody needs to parse, because it came before byte for byte.
  [[nodiscard]] result<void> take_subject();

  /// Once the stream has ended: fails if the run is not complete.
  [[nodiscard]] result<void> finish() const;

  [[nodiscard]] bool ended() const { return state_ == state::ended; }
  [[nodiscard]] bool delta() const { return delta_; }
  [[nodiscard]] const std::string& cursor() const { return cursor_; }  ///< of the end; empty: none

 private:
  enum class state { before, running, ended };

  state state_ = state::before;
  bool delta_ = false;
  std::string cursor_;
};

}  // namespace licaudit::sdk
