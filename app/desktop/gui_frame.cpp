#include "app/desktop/gui_frame.h"

#include <GLFW/glfw3.h>
#include <backends/imgui_impl_glfw.h>
#include <backends/imgui_impl_opengl3.h>
#include <imgui.h>

#include "app/desktop/fonts.h"
#include "app/desktop/theme.h"

namespace hashimichi::app {

Result<std::unique_ptr<GuiFrame>> GuiFrame::create(Window& window) {
  IMGUI_CHECKVERSION();
  ImGui::CreateContext();
  ImGui::GetIO().IniFilename = nullptr;  // the regions are the session's, not a file in the current folder
  ImGui_ImplGlfw_InitForOpenGL(window.handle(), true);
  ImGui_ImplOpenGL3_Init("#version 150");
  std::unique_ptr<GuiFrame> frame(new GuiFrame(window));
  if (Status built = buildFonts(window.contentScale()); !built) return built.error();
  frame->scale_ = window.contentScale();
  applyTheme(frame->theme_, frame->scale_);
  return frame;
}

GuiFrame::~GuiFrame() {
  ImGui_ImplOpenGL3_Shutdown();
  ImGui_ImplGlfw_Shutdown();
  ImGui::DestroyContext();
}

void GuiFrame::begin(ThemeId theme, double text_scale) {
  const float wanted = window_.contentScale() * static_cast<float>(text_scale);
  if (addTyped() || wanted != scale_) {
    scale_ = wanted;
    (void)buildFonts(scale_, typed_.characters());  // the font was there at the start
    ImGui_ImplOpenGL3_DestroyFontsTexture();
    ImGui_ImplOpenGL3_CreateFontsTexture();
    applyTheme(theme, scale_);
  } else if (theme != theme_) {
    applyTheme(theme, scale_);
  }
  theme_ = theme;
  ImGui_ImplOpenGL3_NewFrame();
  ImGui_ImplGlfw_NewFrame();
  feedMouse();
  feedKeys();
  ImGui::NewFrame();
}

/// Whether the fonts lack something that was just typed.
bool GuiFrame::addTyped() {
  const ImFont& font = *ImGui::GetIO().Fonts->Fonts.front();
  return typed_.add(window_.takeTyped(), [&font](unsigned character) {
    return font.FindGlyphNoFallback(static_cast<ImWchar>(character)) != nullptr;
  });
}

// The backend samples the buttons as they are now; a person's click may be over by then, and the cursor elsewhere.
void GuiFrame::feedMouse() {
  ImGuiIO& io = ImGui::GetIO();
  for (const Window::Click& click : window_.takeClicks()) {
    if (click.button >= mouse_buttons) continue;
    down_[static_cast<std::size_t>(click.button)] = click.down;
    io.MousePos = {static_cast<float>(click.x), static_cast<float>(click.y)};
  }
  for (std::size_t button = 0; button < down_.size(); ++button) io.MouseDown[button] = down_[button];
}

// A key that was pressed and let go between two frames still counts as down for one of them.
void GuiFrame::feedKeys() {
  ImGuiIO& io = ImGui::GetIO();
  const auto known = [](int key) { return key >= 0 && key < IM_ARRAYSIZE(ImGuiIO::KeysDown); };
  for (const Window::KeyPress& press : keys_)
    if (known(press.key)) io.KeysDown[press.key] = glfwGetKey(window_.handle(), press.key) == GLFW_PRESS;
  keys_ = window_.takeKeys();
  bool control = io.KeysDown[GLFW_KEY_LEFT_CONTROL] || io.KeysDown[GLFW_KEY_RIGHT_CONTROL];
  for (const Window::KeyPress& press : keys_) {
    if (known(press.key)) io.KeysDown[press.key] = true;
    control = control || press.control;
  }
  io.KeyCtrl = control;
}

void GuiFrame::end() {
  ImGui::Render();
  ImGui_ImplOpenGL3_RenderDrawData(ImGui::GetDrawData());
}

}  // namespace hashimichi::app
