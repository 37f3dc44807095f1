#include "daemon/api/session_set.hpp"

#include <algorithm>
#include <iterator>

namespace licaudit::api {
namespace {

void end(session_entry& one) {
  one.ended = true;
  if (one.cancel) one.cancel();
  if (one.close) one.close();
}

}  // namespace

session_set::place session_set::add(std::chrono::steady_clock::time_point now) {
  entries_.emplace_back();
  entries_.back().touch(now);
  return std::prev(entries_.end());
}

std::size_t session_set::size() const {
  return static_cast<std::size_t>(
      std::count_if(entries_.begin(), entries_.end(), [](const session_entry& one) { return !one.ended; }));
}

bool session_set::make_room(std::chrono::steady_clock::time_point now, std::chrono::milliseconds stalled) {
  session_entry* silent = nullptr;
  session_entry* slow = nullptr;
  for (session_entry& one : entries_) {
    if (one.ended || one.doing == session_entry::phase::working) continue;
    session_entry*& candidate = one.doing == session_entry::phase::waiting ? silent : slow;
    if (candidate == nullptr || one.moved < candidate->moved) candidate = &one;
  }
  if (silent == nullptr && (slow == nullptr || now - slow->moved < stalled)) return false;
  end(silent != nullptr ? *silent : *slow);
  return true;
}

void session_set::end_waiting() {
  for (session_entry& one : entries_) {
    if (!one.ended && one.doing == session_entry::phase::waiting) end(one);
  }
}

void session_set::end_all() {
  for (session_entry& one : entries_) end(one);
}

}  // namespace licaudit::api
