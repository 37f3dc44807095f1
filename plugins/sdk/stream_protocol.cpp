#include "plugins/sdk/stream_protocol.hpp"

#include <variant>

namespace licaudit::sdk {

namespace {

failure malformed(const char* detail) {
  return {errc::malformed, detail};
}

constexpr const char* begin_missing =
    R"(the first line must be {"kind":"begin","protocol":1,"mode":"snapshot"}, or the same with "delta")";
constexpr const char* after_end = "there is something after the end; the line of kind end must be the last one";

}  // namespace

result<void> stream_protocol::take_subject() {
  if (state_ == state::before) return malformed(begin_missing);
  if (state_ == state::ended) return malformed(after_end);
  return {};
}

result<void> stream_protocol::take(const parsed_record& next) {
  const auto* sound = std::get_if<record>(&next);
  if (const auto* begin = sound == nullptr ? nullptr : std::get_if<begin_record>(sound)) {
    if (state_ == state::running) return malformed("a second begin; one run is one begin, records, and one end");
    if (state_ == state::ended) return malformed(after_end);
    state_ = state::running;
    delta_ = begin->delta;
    return {};
  }
  if (auto allowed = take_subject(); !allowed || sound == nullptr) return allowed;
  if (const auto* end = std::get_if<end_record>(sound)) {
    state_ = state::ended;
    cursor_ = end->cursor;
  }
  const bool removes =
      std::holds_alternative<remove_record>(*sound) || std::holds_alternative<remove_tenant_record>(*sound);
  if (removes && !delta_) {
    return malformed(
        "a removal in a snapshot; what a snapshot does not list is removed anyway, or begin with mode delta");
  }
  return {};
}

result<void> stream_protocol::finish() const {
  if (state_ == state::before) return malformed("the source printed nothing; a run is begin, records, end");
  if (state_ == state::running) return malformed("the stream stops without an end; the run was cut off");
  return {};
}

}  // namespace licaudit::sdk
