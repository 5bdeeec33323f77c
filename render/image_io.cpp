#include <vtkErrorCode.h>
#include <vtkImageData.h>
#include <vtkNew.h>
#include <vtkPNGReader.h>
#include <vtkPNGWriter.h>
#include <vtkUnsignedCharArray.h>

#include <cstring>

#include "geo/core/file.h"
#include "render/target.h"

namespace hashimichi::render {
namespace {

constexpr int picture_limit_px = 1 << 15;
constexpr std::string_view png_magic{"\x89PNG\r\n\x1a\n", 8};

/// VTK's pictures begin with the bottom row.
void copyFlipped(const unsigned char* from, unsigned char* to, std::size_t row_bytes, int rows) {
  for (int row = 0; row < rows; ++row)
    std::memcpy(to + row_bytes * static_cast<std::size_t>(rows - 1 - row),
                from + row_bytes * static_cast<std::size_t>(row), row_bytes);
}

/// Width and height stand big-endian at byte 16 of every PNG.
bool sizeWithinLimit(std::string_view head) {
  if (head.size() < 24) return false;
  const auto number = [&](std::size_t at) {
    std::uint32_t value = 0;
    for (std::size_t i = 0; i < 4; ++i) value = value << 8 | static_cast<unsigned char>(head[at + i]);
    return value;
  };
  const std::uint32_t width = number(16), height = number(20);
  return width > 0 && height > 0 && width <= picture_limit_px && height <= picture_limit_px;
}

Image fromVtk(vtkImageData& data) {
  const int* size = data.GetDimensions();
  const int channels = data.GetNumberOfScalarComponents();
  Image image{size[0], size[1], {}};
  image.rgba.resize(4 * static_cast<std::size_t>(size[0]) * static_cast<std::size_t>(size[1]));
  std::uint8_t* to = image.rgba.data();
  for (int y = size[1] - 1; y >= 0; --y) {
    const auto* from = static_cast<const unsigned char*>(data.GetScalarPointer(0, y, 0));
    for (int x = 0; x < size[0]; ++x, from += channels, to += 4) {
      const bool grey = channels < 3;
      to[0] = from[0], to[1] = grey ? from[0] : from[1], to[2] = grey ? from[0] : from[2];
      to[3] = channels == 4 ? from[3] : channels == 2 ? from[1] : 255;
    }
  }
  return image;
}

}  // namespace

Status writePng(const Image& image, const std::filesystem::path& path) {
  if (image.width <= 0 || image.height <= 0)
    return Error{ErrorCode::bad_input, toUtf8(path), "an empty picture cannot be written.", ""};
  vtkNew<vtkImageData> data;
  data->SetDimensions(image.width, image.height, 1);
  data->AllocateScalars(VTK_UNSIGNED_CHAR, 4);
  copyFlipped(image.rgba.data(), static_cast<unsigned char*>(data->GetScalarPointer()),
              4 * static_cast<std::size_t>(image.width), image.height);
  vtkNew<vtkPNGWriter> writer;
  writer->SetInputData(data);
  writer->WriteToMemoryOn();
  writer->Write();
  const vtkUnsignedCharArray* png = writer->GetResult();
  if (!png || writer->GetErrorCode() != vtkErrorCode::NoError)
    return Error{ErrorCode::write_failed, toUtf8(path), "the picture could not be encoded as PNG.", ""};
  auto* bytes = const_cast<vtkUnsignedCharArray*>(png);
  return writeFile(path, {reinterpret_cast<const char*>(bytes->GetPointer(0)),
                          static_cast<std::size_t>(bytes->GetNumberOfValues())});
}

Result<Image> readPng(const std::filesystem::path& path) {
  const Result<std::string> content = readFile(path);
  if (!content) return content.error();
  const auto damaged = [&](const char* what) {
    return Error{ErrorCode::unreadable, toUtf8(path), what, "Give a PNG picture that an image viewer opens."};
  };
  if (!content->starts_with(png_magic)) return damaged("not a PNG picture, because its first bytes are others.");
  if (!sizeWithinLimit(*content)) return damaged("the PNG states no size or one above 32,768 pixels.");
  vtkNew<vtkPNGReader> reader;
  vtkObject::GlobalWarningDisplayOff();  // libpng's words become our sentence
  reader->SetMemoryBuffer(content->data());
  reader->SetMemoryBufferLength(static_cast<vtkIdType>(content->size()));
  reader->Update();
  vtkObject::GlobalWarningDisplayOn();
  vtkImageData* data = reader->GetOutput();
  if (!data || data->GetNumberOfPoints() < 1 || data->GetScalarType() != VTK_UNSIGNED_CHAR ||
      reader->GetErrorCode() != vtkErrorCode::NoError)
    return damaged("the PNG is damaged or not of 8 bits a channel.");
  return fromVtk(*data);
}

}  // namespace hashimichi::render
