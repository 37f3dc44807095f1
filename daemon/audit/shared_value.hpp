#pragma once

#include <memory>
#include <utility>

namespace licaudit::audit {

/// A value that its copies share, so that the desk, every view and every answer under way hold it once. Who changes it
/// gets a copy of their own first, unless nobody else has it.
template <class T>
class shared_value {
 public:
  shared_value() : kept_(nothing()) {}
  shared_value(T value) : kept_(std::make_shared<T>(std::move(value))) {}  // NOLINT(google-explicit-constructor)

  const T& operator*() const { return *kept_; }
  const T* operator->() const { return kept_.get(); }

  /// Not while another thread may copy this very object.
  T& change() {
    if (kept_.use_count() > 1) kept_ = std::make_shared<T>(*kept_);
    return *kept_;
  }

  bool operator==(const shared_value& other) const { return kept_ == other.kept_ || *kept_ == *other.kept_; }

 private:
  /// The empty value, once for all.
  static const std::shared_ptr<T>& nothing() {
    static const auto empty = std::make_shared<T>();
    return empty;
  }

  std::shared_ptr<T> kept_;
};

}  // namespace licaudit::audit
