#pragma once

#include "daemon/audit/view.hpp"

#include <algorithm>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace licaudit::api {

/// What was written about the tenants of the newest view, each once: between two commits the same question is answered
/// with the same bytes. Keeps no view alive, and at most so many bytes; one too many, and all begins anew. An `Answer`
/// says its `bytes()`, and in `until` when the clock alone makes it another. One thread.
template <class Answer>
class kept_answers {
 public:
  static constexpr std::size_t usual_bytes = std::size_t{4} * 1024 * 1024;

  explicit kept_answers(std::size_t most_bytes = usual_bytes) : most_bytes_(most_bytes) {}

  /// What was kept of this view and is true still; null: nothing. `about` tells the questions about one tenant apart.
  [[nodiscard]] const Answer* find(const std::shared_ptr<const audit::view>& seen, const audit::tenant_view& of,
                                   std::string_view about, instant now) {
    if (seen_.owner_before(seen) || seen.owner_before(seen_)) {
      begin_anew();
      seen_ = seen;
    }
    const auto found = tenants_.find(&of);
    if (found == tenants_.end()) return nullptr;
    const auto one = place_of(found->second, about);
    return one == found->second.end() || now >= one->answer.until ? nullptr : &one->answer;
  }

  /// `of` is a tenant of the view that was looked in last, and `about` one of a handful of names that we know, never
  /// what a caller made up.
  void keep(const audit::tenant_view& of, std::string_view about, const Answer& made) {
    entry one{std::string(about), made};
    if (bytes_ + one.bytes() > most_bytes_) begin_anew();
    if (one.bytes() > most_bytes_) return;
    bytes_ += one.bytes();
    auto& all = tenants_[&of];
    const auto old = place_of(all, about);
    if (old == all.end()) {
      all.push_back(std::move(one));
    } else {
      bytes_ -= old->bytes();
      *old = std::move(one);
    }
  }

 private:
  struct entry {
    std::string about;
    Answer answer;
    /// What it costs, with its places in the vector and in the map.
    [[nodiscard]] std::size_t bytes() const { return sizeof(entry) + about.capacity() + answer.bytes() + 64; }
  };

  static auto place_of(std::vector<entry>& all, std::string_view about) {
    return std::find_if(all.begin(), all.end(), [about](const entry& one) { return one.about == about; });
  }

  void begin_anew() {
    tenants_.clear();
    bytes_ = 0;
  }

  std::weak_ptr<const audit::view> seen_;
  std::unordered_map<const audit::tenant_view*, std::vector<entry>> tenants_;
  std::size_t most_bytes_;
  std::size_t bytes_ = 0;
};

}  // namespace licaudit::api
