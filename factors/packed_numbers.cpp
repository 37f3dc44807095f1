#include "factors/packed_numbers.hpp"

#include <utility>

namespace licaudit::factors {

void packed_numbers::resize(std::size_t size) {
  bytes_.resize(size * width_ + sizeof(std::uint64_t));
  size_ = size;
}

void packed_numbers::widen(std::uint64_t value) {
  packed_numbers wide;
  while (value > wide.mask_) {
    ++wide.width_;
    wide.mask_ = wide.mask_ << 8U | 0xFFU;
  }
  wide.resize(size_);
  for (std::size_t i = 0; i < size_; ++i) wide.set(i, (*this)[i]);
  *this = std::move(wide);
}

}  // namespace licaudit::factors
