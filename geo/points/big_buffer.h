#pragma once
#include <sys/mman.h>

#include <cstddef>
#include <new>
#include <utility>

namespace hashimichi::points {

/// Plain memory for a great many elements, zero at first; only what is touched becomes resident. On large pages where
/// the system has them, because sorting reads it in no order. Move-only; std::bad_alloc when there is none.
template <typename T>
class BigBuffer {
 public:
  BigBuffer() = default;
  explicit BigBuffer(std::size_t size) : size_(size) {
    if (size == 0) return;
    void* memory = ::mmap(nullptr, bytes(), PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (memory == MAP_FAILED) throw std::bad_alloc();
    constexpr std::size_t large_page = 2u << 20;
    if (bytes() >= 4 * large_page) ::madvise(memory, bytes(), MADV_HUGEPAGE);
    data_ = static_cast<T*>(memory);
  }
  ~BigBuffer() {
    if (data_) ::munmap(data_, bytes());
  }
  BigBuffer(BigBuffer&& other) noexcept
      : data_(std::exchange(other.data_, nullptr)), size_(std::exchange(other.size_, 0)) {}
  BigBuffer& operator=(BigBuffer&& other) noexcept {
    std::swap(data_, other.data_);
    std::swap(size_, other.size_);
    return *this;
  }

  T* data() { return data_; }
  const T* data() const { return data_; }
  std::size_t size() const { return size_; }
  T& operator[](std::size_t i) { return data_[i]; }
  const T& operator[](std::size_t i) const { return data_[i]; }

 private:
  std::size_t bytes() const { return size_ * sizeof(T); }
  T* data_ = nullptr;
  std::size_t size_ = 0;
};

}  // namespace hashimichi::points
